import { beforeAll, expect, onTestFinished, test } from "vitest";
import { eventually, startTestApp, type TestApp } from "../../test/test-app.js";
import { startReceiver } from "./dispatcher-fixture.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  return () => app.close();
});

const create = async (body: object, key?: string) => {
  const { status, body: answer } = await app.request("POST", "/webhooks", { body, ...(key !== undefined && { key }) });
  expect(status).toBe(201);
  onTestFinished(async () => void (await app.request("DELETE", `/webhooks/${answer.data.id}`)));
  return answer;
};

test("createWebhook shows the secret, and no other answer does", async () => {
  const answer = await create({ url: "http://example.com/hook", events: ["message.received"] });
  expect(answer.message).toBe("Webhook created successfully. Save the secret - it will not be shown again.");
  const { secret, ...shown } = answer.data;
  expect(secret).toMatch(/^whsec_[0-9A-Za-z]{44}$/);
  expect(shown).toMatchObject({
    insecure: true,
    description: null,
    device_ids: null,
    is_active: true,
    disabled_reason: null,
  });
  expect((await app.request("GET", "/webhooks")).body).toEqual({ success: true, data: [shown] });
  expect((await app.request("GET", `/webhooks/${shown.id}`)).body).toEqual({ success: true, data: shown });
});

test("createWebhook refuses what it may not call, and says why", async () => {
  const body = { url: "http://10.0.0.1/hook", events: ["message.received"] };
  const answer = await app.request("POST", "/webhooks", { body });
  expect(answer.status).toBe(400);
  expect(answer.body.details).toEqual([{ path: "url", message: expect.stringContaining("WHATSFLOW_WEBHOOK_ALLOW") }]);
});

test("updateWebhook takes back what was read, and changes what is given", async () => {
  const { data } = await create({ url: "https://example.com/hook", events: ["message.received"], description: "CRM" });
  const path = `/webhooks/${data.id}`;
  const before = (await app.request("GET", path)).body.data;
  const same = (await app.request("PUT", path, { body: data })).body.data;
  expect(same).toEqual({ ...before, updated_at: same.updated_at });
  const body = {
    url: "https://new-domain.com/webhooks",
    events: ["message.sent"],
    description: null,
    is_active: false,
  };
  const { status, body: changed } = await app.request("PUT", path, { body });
  expect(status).toBe(200);
  expect(changed.data).toEqual({ ...same, ...body, disabled_reason: "requested", updated_at: changed.data.updated_at });
});

test("testWebhook posts a test, and listWebhookDeliveries tells how it went", async () => {
  const receiver = await startReceiver();
  const { data } = await create({ url: receiver.url, events: ["message.received"], is_active: false });
  const path = `/webhooks/${data.id}`;
  const { body: queued } = await app.request("POST", `${path}/test`);
  const [request] = await receiver.requests(1);
  const deliveryId = request?.headers["x-webhook-delivery-id"];
  const message = "Test webhook queued for delivery";
  expect(queued).toEqual({ success: true, data: { delivery_id: deliveryId }, message });
  expect(JSON.parse(String(request?.body))).toMatchObject({ event: "webhook.test", data: { webhook_id: data.id } });
  const log = await eventually(async () => {
    const { body } = await app.request("GET", `${path}/deliveries`);
    return body.data[0].success ? body : undefined;
  }, "the delivery");
  expect(log.pagination).toEqual({ limit: 50, next_cursor: null });
  expect(log.data).toMatchObject([
    {
      id: deliveryId,
      webhook_id: data.id,
      event_type: "webhook.test",
      status: "succeeded",
      response_status: 200,
      attempt_number: 1,
      next_attempt_at: null,
      attempts: [{ attempt_number: 1, response_status: 200, error: null }],
    },
  ]);
});

test("getWebhook says since when every attempt has failed, and no more once one succeeded", async () => {
  let status = 500;
  const receiver = await startReceiver((_request, response) => response.writeHead(status).end());
  const { data } = await create({ url: receiver.url, events: ["message.received"] });
  const path = `/webhooks/${data.id}`;
  const look = async () => (await app.request("GET", path)).body.data;
  const testUntil = async (fits: (webhook: { success_count: number; failure_count: number }) => boolean) => {
    await app.request("POST", `${path}/test`);
    return eventually(async () => [await look()].find(fits), "the attempt");
  };
  const first = await testUntil(({ failure_count }) => failure_count === 1);
  expect(first.failing_since).toBe(first.last_triggered_at);
  const second = await testUntil(({ failure_count }) => failure_count > 1);
  expect(second.failing_since).toBe(first.failing_since);
  status = 200;
  expect(await testUntil(({ success_count }) => success_count > 0)).toMatchObject({ failing_since: null });
});

test("deleteWebhook removes it", async () => {
  const { data } = await create({ url: "https://example.com/", events: ["message.received"] });
  const { body } = await app.request("DELETE", `/webhooks/${data.id}`);
  expect(body).toEqual({ success: true, message: "Webhook deleted successfully" });
  expect((await app.request("GET", `/webhooks/${data.id}`)).status).toBe(404);
  expect((await app.request("DELETE", `/webhooks/${data.id}`)).status).toBe(404);
});

test("a key that is limited to devices makes webhooks that are limited to them", async () => {
  const [device] = (await app.request("GET", "/devices")).body.data;
  const key = await app.createKey({ deviceIds: [device.id] });
  const { data } = await create({ url: "https://example.com/", events: ["message.received"] }, key);
  const other = await create({ url: "https://example.com/", events: ["message.received"] });
  expect(data.device_ids).toEqual([device.id]);
  const listed = (await app.request("GET", "/webhooks", { key })).body.data;
  expect(listed.map(({ id }: { id: string }) => id)).toEqual([data.id]);
  expect((await app.request("GET", `/webhooks/${other.data.id}`, { key })).status).toBe(404);
});
