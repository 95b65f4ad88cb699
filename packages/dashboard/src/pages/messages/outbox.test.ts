import { describe, expect, it } from "vitest";
import { ApiError } from "../../api/errors.js";
import { createOutbox, type Deliver, isUntouched } from "./outbox.js";

const sent = {
  message_id: "msg_1",
  phone_number: "+12025550104",
  message: "Hello",
  status: "sent",
  timestamp: "2025-10-11T10:00:00.000Z",
} as const;
const isOut: Deliver = () => Promise.resolve(sent);
const isLost: Deliver = () => Promise.reject(new Error("No answer came"));

function setUp() {
  let drawn = 0;
  return createOutbox(() => `key ${++drawn}`);
}

describe("the outbox", () => {
  it("holds a text for as long as it is under way", async () => {
    const outbox = setUp();
    const sending = outbox.send("live contact_1", "Hello", undefined, isOut);
    expect(outbox.all()).toMatchObject([{ text: "Hello", isSending: true }]);
    expect(await sending).toEqual(sent);
    expect(outbox.all()).toEqual([]);
  });

  it("keeps what did not get there, and tries it again under the same key", async () => {
    const outbox = setUp();
    const keys: string[] = [];
    const counting =
      (deliver: Deliver): Deliver =>
      (outgoing, signal) => {
        keys.push(outgoing.key);
        return deliver(outgoing, signal);
      };
    expect(await outbox.send("live contact_1", "Hello", undefined, counting(isLost))).toBe("not sent");
    expect(outbox.all()).toMatchObject([{ isSending: false, error: new Error("No answer came") }]);
    expect(await outbox.tryAgain("key 1", counting(isOut))).toEqual(sent);
    expect(keys).toEqual(["key 1", "key 1"]);
    expect(outbox.all()).toEqual([]);
  });

  it("gives each composed text a key of its own, also the same text twice", async () => {
    const outbox = setUp();
    void outbox.send("live contact_1", "Hello", undefined, isLost);
    await outbox.send("live contact_1", "Hello", undefined, isLost);
    expect(outbox.all().map(({ key }) => key)).toEqual(["key 1", "key 2"]);
  });

  it("takes a text that is under way under a key of its own only once", async () => {
    const outbox = setUp();
    const sending = outbox.send("live contact_1", "Hello", undefined, isOut, "again-msg_1");
    expect(await outbox.send("live contact_1", "Hello", undefined, isOut, "again-msg_1")).toBe("not sent");
    expect(await sending).toEqual(sent);
  });

  it("knows what may go out from another device: what was refused before it was stored", () => {
    const refusal = (body: object) => new ApiError({ status: 409, headers: new Headers(), body });
    expect(isUntouched(refusal({ code: "device_not_connected" }))).toBe(true);
    expect(isUntouched(refusal({ code: "device_not_connected", message_id: "msg_1" }))).toBe(false);
    expect(isUntouched(refusal({ code: "restricted" }))).toBe(false);
    expect(isUntouched(new Error("No answer came"))).toBe(false);
  });

  it("lets go of what the server stored as failed: it stands in the conversation", async () => {
    const outbox = setUp();
    const refused: Deliver = () =>
      Promise.reject(
        new ApiError({ status: 500, headers: new Headers(), body: { code: "restricted", message_id: "msg_1" } }),
      );
    expect(await outbox.send("live contact_1", "Hello", undefined, refused)).toBe("stored as failed");
    expect(outbox.all()).toEqual([]);
  });

  it("is empty after it was cleared, and ends what is under way", async () => {
    const outbox = setUp();
    const untilEnded: Deliver = (_outgoing, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    await outbox.send("live contact_1", "Unsent", undefined, isLost);
    const sending = outbox.send("live contact_1", "Hello", undefined, untilEnded);
    outbox.clear();
    expect(await sending).toBe("not sent");
    expect(outbox.all()).toEqual([]);
    expect(await outbox.send("live contact_1", "Hello again", undefined, isOut)).toEqual(sent);
  });

  it("takes no second click while it is under way", async () => {
    const outbox = setUp();
    let delivered = 0;
    const counting: Deliver = () => {
      delivered++;
      return Promise.resolve(sent);
    };
    const first = outbox.send("live contact_1", "Hello", undefined, counting);
    expect(await outbox.tryAgain("key 1", counting)).toBe("not sent");
    await first;
    expect(delivered).toBe(1);
  });
});
