/** `POST /events/trigger`, as programs use it. */
import { afterEach, describe, expect, it } from "vitest";
import { EVENT_NAMES } from "../src/generated/operations.js";
import { checkEvent } from "./contract-check.js";
import { readEvents } from "./event-reader.js";
import { eventually, startTestApp, type TestApp } from "./test-app.js";
import { startReceiver } from "./webhook-receiver.js";

let app: TestApp;
afterEach(() => app.close());

describe("triggerEvent", () => {
  it.each(EVENT_NAMES)("makes a %s as the contract has it, for streams and webhooks", async (name) => {
    app = await startTestApp();
    const receiver = await startReceiver();
    const { body } = await app.request("POST", "/webhooks", { body: { url: receiver.url, events: [name] } });
    receiver.secret = body.data.secret;
    const reader = await readEvents(app.baseUrl, app.key);
    const { id } = (await app.request("POST", "/events/trigger", { body: { event: name } })).body.data;
    const [told] = await reader.count(1);
    checkEvent(told?.data);
    expect(told?.data.event).toBe(name);
    await eventually(() => receiver.requests.length === 1, "the delivery");
    expect(receiver.requests[0]?.body).toBe(told?.text);
    reader.leave();
    await receiver.close();
    const row = await app.store.read.selectFrom("events").select("device_id").where("id", "=", id).executeTakeFirst();
    const [device] = (await app.request("GET", "/devices")).body.data;
    expect(row?.device_id).toBe(name.startsWith("webhook.") ? null : device.id);
  });

  it("is refused to live keys, and beyond the devices of a key", async () => {
    app = await startTestApp();
    const ask = (event: string, key: string) => app.request("POST", "/events/trigger", { key, body: { event } });
    const live = await ask("message.received", await app.createKey({ mode: "live" }));
    expect([live.status, live.body.code]).toEqual([403, "mode_not_allowed"]);
    const [device] = (await app.request("GET", "/devices")).body.data;
    const limited = await app.createKey({ deviceIds: [device.id] });
    expect((await ask("device.connected", limited)).status).toBe(200);
    expect((await ask("webhook.test", limited)).body.code).toBe("key_limited");
    expect((await ask("device.connected", await app.createKey({ deviceIds: ["device_x"] }))).body.code).toBe(
      "key_limited",
    );
    const unknown = await ask("message.came", app.key);
    expect([unknown.status, unknown.body.details[0].path]).toEqual([400, "event"]);
  });

  it("happens once under an Idempotency-Key", async () => {
    app = await startTestApp();
    const reader = await readEvents(app.baseUrl, app.key);
    const options = { body: { event: "message.read" }, headers: { "idempotency-key": "one" } };
    const [first, again] = [
      await app.request("POST", "/events/trigger", options),
      await app.request("POST", "/events/trigger", options),
    ];
    expect(again.body).toEqual(first.body);
    await app.request("POST", "/events/trigger", { body: { event: "message.sent" } });
    await reader.count(2);
    expect(reader.events.map(({ event }) => event)).toEqual(["message.read", "message.sent"]);
    reader.leave();
  });
});
