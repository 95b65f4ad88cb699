/** What holds for every operation that people use who are signed in, and for every other one when they use it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Operation, type OperationId, operations } from "../src/generated/operations.js";
import { createFakeClock } from "./fake-clock.js";
import { createFakeTransport } from "./fake-transport.js";
import { startTestApp, type TestApp } from "./test-app.js";

const clock = createFakeClock();
let app: TestApp;
let session: string;
beforeAll(async () => {
  app = await startTestApp({ clock, transports: { live: createFakeTransport(clock) } });
  session = await app.signIn();
});
afterAll(() => app.close());
// A hundred requests that are refused in a minute are enough from one address.
beforeEach(() => clock.advance(60_000));

const rowOf = (id: OperationId): Operation => operations[id];
const all = Object.keys(operations) as OperationId[];
const forUsers = all.filter((id) => rowOf(id).authentication === "session");
const forAnybody = all.filter((id) => rowOf(id).authentication === null);
const readers = all.filter((id) => rowOf(id).method === "get" && !rowOf(id).path.includes("{"));

const BODIES: Partial<Record<OperationId, object>> = {
  signIn: { name: "anna@default", password: "a wrong password" },
  acceptInvitation: { token: "nobody's", name: "anna", password: "a wrong password" },
  changePassword: { current_password: "a wrong password", new_password: "another password" },
};
const call = (id: OperationId, options: Parameters<TestApp["request"]>[2] = {}) =>
  app.request(rowOf(id).method.toUpperCase(), rowOf(id).path.replace(/\{\w+\}/g, "none"), {
    body: BODIES[id],
    ...options,
  });
/** What none of them may be answered with before anybody is let in. */
const refused = (status: number, code: string) => ({ status, body: { success: false, code } });

it("there are some of each kind", () => {
  expect(forUsers.length).toBeGreaterThan(8);
  expect(forAnybody).toEqual(["signIn", "acceptInvitation"]);
  for (const id of all) expect(rowOf(id).audience === "operator", id).toBe(rowOf(id).authentication !== "key");
});

describe.each(forUsers)("%s", (id) => {
  it("refuses an API key that may do everything, and says who may", async () => {
    for (const key of [app.key, await app.createKey({ mode: "live" })]) {
      const { status, body, headers } = await call(id, { key });
      expect({ status, body }).toMatchObject(refused(403, "operator_only"));
      expect(body.message).toContain("signed in");
      expect(headers.get("x-ratelimit-limit")).toBe("1000");
    }
  });

  it("refuses whoever is not signed in", async () => {
    for (const cookie of [undefined, "whatsflow=", `whatsflow=${"0".repeat(43)}`, "other=1; whatsflow", ";;="]) {
      const headers = { "whatsflow-mode": "test", ...(cookie !== undefined && { cookie }) };
      expect(await call(id, { key: null, headers })).toMatchObject(refused(401, "unauthorized"));
    }
  });

  it("refuses a key that is wrong beside a session that is right", async () => {
    const headers = { cookie: `whatsflow=${session}`, "whatsflow-mode": "test" };
    expect(await call(id, { key: "wf_test_wrong", headers })).toMatchObject(refused(401, "unauthorized"));
  });
});

describe.each(forAnybody)("%s", (id) => {
  it("asks for no key, and is not opened by one", async () => {
    const answers = await Promise.all([call(id, { key: null }), call(id)]);
    for (const { status, headers } of answers) {
      expect([403, 404]).toContain(status);
      expect(headers.get("set-cookie")).toBeNull();
      expect(headers.get("x-ratelimit-limit")).toBeNull();
    }
  });

  it("refuses pages of other sites", async () => {
    for (const headers of OF_OTHER_SITES)
      expect(await call(id, { key: null, headers })).toMatchObject(refused(401, "unauthorized"));
  });

  it("reads no body that is larger than a name, a password and a token can be", async () => {
    for (const length of [8_192, 8_193]) {
      const rawBody = JSON.stringify(BODIES[id]).padEnd(length);
      const { status, body } = await call(id, { key: null, rawBody });
      if (length > 8_192) expect({ status, body }).toMatchObject(refused(413, "payload_too_large"));
      else expect([403, 404]).toContain(status);
    }
  });

  it("refuses a form's body, which any site can have posted", async () => {
    const rawBody = JSON.stringify(BODIES[id]);
    const answer = await call(id, { key: null, rawBody, headers: { "content-type": "text/plain" } });
    expect(answer).toMatchObject(refused(415, "unsupported_media_type"));
  });
});

const OF_OTHER_SITES: Record<string, string>[] = [
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "none" },
  { origin: "https://evil.example.com" },
  { origin: "null" },
  { origin: "http://undefined" },
  // Another program on this machine.
  { origin: "http://127.0.0.1:1" },
  { "sec-fetch-site": "same-origin", origin: "https://evil.example.com" },
];

describe.each(all.filter((id) => rowOf(id).authentication !== null))("a session for %s", (id) => {
  it("counts for nothing without the header that other sites cannot send", async () => {
    for (const mode of [undefined, "", "Live", "live,test", "production"]) {
      const headers = { cookie: `whatsflow=${session}`, ...(mode !== undefined && { "whatsflow-mode": mode }) };
      const answer = await call(id, { key: null, headers });
      expect(answer).toMatchObject(refused(401, "unauthorized"));
      expect(answer.body.message).toContain("WhatsFlow-Mode");
    }
  });

  it("counts for nothing when a page of another site uses it", async () => {
    for (const headers of OF_OTHER_SITES) {
      expect(await call(id, { session, headers }), JSON.stringify(headers)).toMatchObject(refused(401, "unauthorized"));
    }
  });
});

describe("with a session", () => {
  it("everything that reads succeeds, in both modes, and takes nothing from the programs' limit", async () => {
    const before = (await app.request("GET", "/usage")).body.data.requests_per_minute.used;
    for (const mode of ["test", "live"] as const) {
      for (const id of readers) {
        const { status, headers } = await call(id, { session, mode });
        expect([id, status]).toEqual([id, 200]);
        expect(headers.get("x-ratelimit-limit")).toBe("600");
        expect(headers.get("cache-control")).toBe("no-store");
        expect(headers.get("vary")).toContain("Cookie");
        expect(headers.get("access-control-allow-origin")).toBeNull();
      }
    }
    const after = (await app.request("GET", "/usage")).body.data.requests_per_minute.used;
    expect(after).toBe(before + 1);
  });

  it("the server's own page is let in, by whatever a browser says of it", async () => {
    const shown: Record<string, string>[] = [{}, { "sec-fetch-site": "same-origin" }, { origin: app.url }];
    for (const headers of shown) expect((await call("listMessages", { session, headers })).status).toBe(200);
  });

  it("a key beside it wins", async () => {
    const key = await app.createKey({ mode: "live", scopes: ["devices:read"] });
    const headers = { cookie: `whatsflow=${session}`, "whatsflow-mode": "test" };
    const { body } = await app.request("GET", "/usage", { key, headers });
    expect(body.data.mode).toBe("live");
    expect((await app.request("GET", "/messages", { key, headers })).body.code).toBe("missing_scope");
  });

  it("the modes are apart", async () => {
    const { body } = await app.request("POST", "/messages/send", {
      session,
      body: { phone_number: "+94771234567", message: "Hi" },
    });
    const path = `/messages/${body.data.message_id}`;
    expect((await app.request("GET", path, { session })).status).toBe(200);
    expect((await app.request("GET", path, { session, mode: "live" })).status).toBe(404);
  });

  it("nobody sees another account's", async () => {
    const stranger = await app.signIn({ account: "strangers" });
    await app.request("POST", "/messages/send", { body: { phone_number: "+94771234567", message: "Hi" } });
    for (const path of ["/messages", "/conversations", "/audit-log"])
      expect((await app.request("GET", path, { session: stranger })).body.data, path).toEqual([]);
    const users = await app.request("GET", "/users", { session: stranger });
    expect(users.body.data.map(({ name }: { name: string }) => name)).toEqual(["anna@strangers"]);
    const [own] = (await app.request("GET", "/users", { session })).body.data;
    const removal = await app.request("DELETE", `/users/${own.id}`, { session: stranger });
    expect(removal).toMatchObject(refused(404, "not_found"));
    const { body } = await app.request("GET", "/overview", { session: stranger });
    expect(body.data.messages.today).toEqual({ inbound: 0, outbound: 0, failed: 0 });
  });
});
