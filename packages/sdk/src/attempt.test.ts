import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setImmediate, setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type Answer, startServer, success } from "../test/api-server.js";
import { ConnectionError, TimeoutError, WhatsFlowError } from "./errors.js";
import { WhatsFlow } from "./index.js";
import { createSend } from "./retry.js";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const apiKey = "wf_test_0123456789";
const hello = { phone_number: "+94771234567", message: "Hello" };

/** The deadlines and waits of the package. What Node itself waits for is real all the same. */
const holdTime = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
afterEach(() => void vi.useRealTimers());

async function startClient(...answers: Answer[]) {
  const server = await startServer(...answers);
  return { asked: server.asked, client: new WhatsFlow({ apiKey, baseUrl: server.url }) };
}

describe("a server that does not answer", () => {
  const silence: Answer = () => {};

  it("is a timeout, which may be repeated", async () => {
    holdTime();
    const late: Answer = async () => {
      await vi.advanceTimersByTimeAsync(1_000);
      // The wait before the second attempt, whose own deadline is further off.
      await vi.advanceTimersByTimeAsync(500);
    };
    const { client, asked } = await startClient(late, success("done"));
    expect(await client.messages.send(hello, { timeoutMs: 1_000 })).toBe("done");
    expect(asked).toHaveLength(2);
    vi.useRealTimers();
    const { client: other } = await startClient(silence);
    const error = await other.usage.get({ timeoutMs: 50, maxRetries: 0 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toBeInstanceOf(WhatsFlowError);
    expect(error).toMatchObject({ name: "TimeoutError", message: "No answer within 50 ms" });
  });

  it("is a timeout also in the middle of a body", async () => {
    const half: Answer = (response) => void response.writeHead(200).write('{"success":');
    const { client } = await startClient(half);
    await expect(client.usage.get({ timeoutMs: 100, maxRetries: 0 })).rejects.toThrow(TimeoutError);
  });

  it("is given up also by a fetch that does not look at the signal", async () => {
    let calls = 0;
    const fetch = () => {
      calls += 1;
      return new Promise<Response>(() => {});
    };
    const client = new WhatsFlow({ apiKey, fetch, timeoutMs: 50, maxRetries: 0 });
    await expect(client.usage.get()).rejects.toBeInstanceOf(TimeoutError);
    const controller = new AbortController();
    const aborted = client.usage.get({ signal: controller.signal, timeoutMs: 10_000 });
    controller.abort(new Error("enough"));
    await expect(aborted).rejects.toThrow("enough");
    const before = calls;
    await expect(client.usage.get({ signal: AbortSignal.abort(new Error("never")) })).rejects.toThrow("never");
    expect(calls).toBe(before);
  });

  it("can be given up by the caller", async () => {
    const controller = new AbortController();
    const { client, asked } = await startClient(() => controller.abort(new Error("enough")));
    await expect(client.usage.get({ signal: controller.signal })).rejects.toThrow("enough");
    expect(asked).toHaveLength(1);
  });

  it("can be given up, and times out, also when garbage was collected meanwhile", async () => {
    const { client } = await startClient(silence);
    const controller = new AbortController();
    const aborted = client.usage.get({ signal: controller.signal });
    const late = client.usage.get({ timeoutMs: 200, maxRetries: 0 });
    const raw = client.api.GET("/usage", { signal: controller.signal });
    const outcomes = Promise.allSettled([aborted, late, raw]);
    for (let i = 0; i < 5; i++) {
      await setTimeout(10);
      collectGarbage();
    }
    controller.abort(new Error("enough"));
    const reasons = (await outcomes).map((outcome) =>
      outcome.status === "rejected" ? String(outcome.reason) : "done",
    );
    expect(reasons).toEqual(["Error: enough", "TimeoutError: No answer within 200 ms", "Error: enough"]);
  });

  it("is a connection error where there is none", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const outgoing = connect(typeof address === "object" ? (address?.port ?? 0) : 0, "127.0.0.1");
    await once(outgoing, "connect");
    onTestFinished(() => {
      outgoing.destroy();
      server.close();
    });
    // Nobody listens where a connection goes out, and nobody else can as long as it is there.
    const baseUrl = `http://127.0.0.1:${outgoing.localPort}`;
    const client = new WhatsFlow({ apiKey, baseUrl, maxRetries: 1 });
    const error = await client.usage.get().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ name: "ConnectionError", message: expect.stringContaining("ECONNREFUSED") });
  });
});

describe("a stream of events", () => {
  const stream: Answer = (response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("data: 1\n\n");
  };

  it("comes as it is sent, without a deadline, and ends with the caller's signal", async () => {
    holdTime();
    const server = await startServer(stream);
    const send = createSend({ fetch, timeoutMs: 100, maxRetries: 0, maxRetryWaitMs: 0, backoffMs: 1 });
    const controller = new AbortController();
    const response = await send(new Request(server.url, { signal: controller.signal }));
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("data: 1\n\n");
    const next = reader?.read();
    const ended = expect(next).rejects.toThrow("enough");
    await vi.advanceTimersByTimeAsync(1_000);
    for (let i = 0; i < 5; i++) {
      await setImmediate();
      collectGarbage();
    }
    controller.abort(new Error("enough"));
    await ended;
  });
});
