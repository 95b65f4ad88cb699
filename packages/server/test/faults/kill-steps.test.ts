/** kill -9 at each step of a delivery, on the real program: it is sent again, the log tells of it, and the counters are right. */
import { rmSync } from "node:fs";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { contradictions, type DeliveryRow, type DeliveryTables, INTERRUPTED, openTables } from "./delivery-tables.js";
import { killAll, newFolder, type Program, startProgram } from "./program.js";
import { OK, type RawReceiver, type RawRequest, startRawReceiver, takeDeafPort } from "./raw-receiver.js";

const TIMEOUT_MS = 180_000;
const PHONE_NUMBER = "+94770000001";
/** In the event it is nearly 100 kB. */
const LONG_TEXT = "é".repeat(60_000);

const dataDir = newFolder();
let program: Program;
let tables: DeliveryTables;
let receiver: RawReceiver;
let webhook: { id: string; secret: string };

beforeAll(async () => {
  program = await startProgram(dataDir);
  tables = openTables(dataDir);
}, TIMEOUT_MS);
afterAll(() => {
  killAll();
  tables.close();
  rmSync(dataDir, { recursive: true });
});
beforeEach(async () => {
  receiver = await startRawReceiver();
  webhook = await hook(receiver.url);
}, TIMEOUT_MS);
afterEach(async () => {
  expect(contradictions(tables)).toEqual([]);
  await program.ask("DELETE", `/webhooks/${webhook.id}`);
  await receiver.close();
}, TIMEOUT_MS);

const hook = (url: string): Promise<{ id: string; secret: string }> =>
  program.ask("POST", "/webhooks", { url, events: ["message.sent"] });
const send = async (message = "Hello"): Promise<string> =>
  (await program.ask("POST", "/messages/send", { phone_number: PHONE_NUMBER, message })).message_id;

async function killAndRestart(): Promise<void> {
  await program.end("SIGKILL");
  program = await startProgram(dataDir);
}

const delivered = (what: Partial<DeliveryRow>) => (row: DeliveryRow) =>
  row.webhookId === webhook.id && Object.entries(what).every(([name, value]) => Reflect.get(row, name) === value);
const errorsOf = ({ seq }: DeliveryRow) =>
  tables
    .attempts()
    .filter(({ deliverySeq }) => deliverySeq === seq)
    .map(({ error }) => error);

/** Takes the next request as a good receiver does. */
async function receive(): Promise<RawRequest> {
  const connection = await receiver.connection();
  const request = await connection.readRequest();
  new StandardWebhook(webhook.secret).verify(request.body, Object.fromEntries(request.headers));
  await connection.write(OK);
  return request;
}

/** What holds after a kill that cut an attempt short, whatever it had done by then. */
async function expectSentAgain(messageId: string, before?: RawRequest): Promise<void> {
  const request = await receive();
  expect(JSON.parse(request.body).data.message_id).toBe(messageId);
  const row = await tables.until(delivered({ status: "succeeded" }), "the second attempt");
  expect(request).toMatchObject({ deliveryId: row.id, body: row.body });
  if (before) expect([before.deliveryId, before.body]).toEqual([request.deliveryId, request.body]);
  expect(row).toMatchObject({ attemptNumber: 2, failureCount: 1, lostCount: 1, lease: null });
  expect(errorsOf(row)).toEqual([INTERRUPTED, null]);
  const { success_count, failure_count } = await program.ask("GET", `/webhooks/${webhook.id}`);
  expect([success_count, failure_count]).toEqual([1, 0]);
  expect(receiver.waiting).toBe(0);
}

test("after the claim, before there is a connection", { timeout: TIMEOUT_MS }, async () => {
  const deaf = await takeDeafPort();
  await receiver.close();
  await program.ask("PUT", `/webhooks/${webhook.id}`, { url: `http://127.0.0.1:${deaf.port}/hook` });
  const messageId = await send();
  const claimed = await tables.until((row) => delivered({})(row) && row.lease !== null, "the claim");
  expect(claimed).toMatchObject({ status: "pending", attemptNumber: 0 });
  await program.end("SIGKILL");
  await deaf.free();
  receiver = await startRawReceiver(deaf.port);
  program = await startProgram(dataDir);
  await expectSentAgain(messageId);
});

test("when the connection is there, before anything is read", { timeout: TIMEOUT_MS }, async () => {
  const messageId = await send();
  await receiver.connection();
  await killAndRestart();
  await expectSentAgain(messageId);
});

test("when a part of a large request is read", { timeout: TIMEOUT_MS }, async () => {
  const messageId = await send(LONG_TEXT);
  const connection = await receiver.connection();
  await connection.readBytes(50_000);
  await killAndRestart();
  await expectSentAgain(messageId);
  const [row] = tables.deliveries().filter(delivered({}));
  expect(Buffer.byteLength(row?.body ?? "")).toBeGreaterThan(99_000);
});

test("when the whole request is read, before an answer", { timeout: TIMEOUT_MS }, async () => {
  const messageId = await send();
  const connection = await receiver.connection();
  const request = await connection.readRequest();
  await killAndRestart();
  await expectSentAgain(messageId, request);
});

test("when a part of the answer is sent", { timeout: TIMEOUT_MS }, async () => {
  const messageId = await send();
  const connection = await receiver.connection();
  const request = await connection.readRequest();
  await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
  // The server turns to this request after what came to it before: the part of the answer among it.
  await program.ask("GET", `/webhooks/${webhook.id}`);
  await killAndRestart();
  await expectSentAgain(messageId, request);
});

test("when the answer is sent, before its result is stored, or just after", { timeout: TIMEOUT_MS }, async () => {
  const messageId = await send();
  const connection = await receiver.connection();
  const request = await connection.readRequest();
  await connection.write(OK);
  await program.end("SIGKILL");
  const [row] = tables.deliveries().filter(delivered({}));
  program = await startProgram(dataDir);
  // Both can be; what the log says decides.
  if (row?.status === "pending") return expectSentAgain(messageId, request);
  expect(errorsOf(row as DeliveryRow)).toEqual([null]);
  await expectNothingMore();
});

test("when the result is stored, it is not sent again", { timeout: TIMEOUT_MS }, async () => {
  await send();
  await receive();
  await tables.until(delivered({ status: "succeeded" }), "the success");
  await killAndRestart();
  await expectNothingMore();
});

/** What comes next is the next event: nothing of before was sent again, or waits. */
async function expectNothingMore(): Promise<void> {
  const messageId = await send("another");
  expect(JSON.parse((await receive()).body).data.message_id).toBe(messageId);
  await tables.until((row) => delivered({ status: "succeeded" })(row) && row.body.includes(messageId), "the success");
  expect(tables.deliveries().filter(({ status }) => status === "pending")).toEqual([]);
  expect(receiver.waiting).toBe(0);
}

test("a second kill in a row counts too, and the third attempt waits for its time", {
  timeout: TIMEOUT_MS,
}, async () => {
  const messageId = await send();
  const first = await (await receiver.connection()).readRequest();
  await killAndRestart();
  const second = await (await receiver.connection()).readRequest();
  await killAndRestart();
  const row = await tables.until(delivered({ lostCount: 2 }), "the second lost attempt");
  expect(row).toMatchObject({ status: "pending", lease: null, attemptNumber: 2, failureCount: 2 });
  expect(errorsOf(row)).toEqual([INTERRUPTED, INTERRUPTED]);
  const [, lost] = tables.attempts().filter(({ deliverySeq }) => deliverySeq === row.seq);
  // 30 seconds give or take a fifth, from the moment that the start found it.
  expect(Number(row.dueAt) - Number(lost?.attemptedAt)).toBeGreaterThanOrEqual(24_000);
  await program.ask("POST", `/webhooks/${webhook.id}/deliveries/${row.id}/replay`);
  const third = await receive();
  expect(JSON.parse(third.body).data.message_id).toBe(messageId);
  for (const request of [first, second]) {
    expect([request.deliveryId, request.body]).toEqual([third.deliveryId, third.body]);
  }
  const ended = await tables.until(delivered({ status: "succeeded" }), "the third attempt");
  expect(errorsOf(ended)).toEqual([INTERRUPTED, INTERRUPTED, null]);
});

test("kills with many attempts under way lose none of them", { timeout: TIMEOUT_MS }, async () => {
  const ids = new Set<string>();
  for (let count = 0; count < 12; count += 1) ids.add(await send(`message ${count}`));
  // As many as a webhook may have at once, each at another step.
  const connections = [];
  for (let slot = 0; slot < 4; slot += 1) connections.push(await receiver.connection());
  await connections[1]?.readBytes(100);
  await connections[2]?.readRequest();
  await connections[3]?.readRequest();
  await connections[3]?.write(OK.slice(0, 20));
  await killAndRestart();
  const received = new Set<string>();
  while (received.size < ids.size) received.add(JSON.parse((await receive()).body).data.message_id);
  expect(received).toEqual(ids);
  await tables.until(
    () => tables.deliveries().filter(delivered({ status: "succeeded" })).length === ids.size,
    "the last success",
  );
  const lost = tables.deliveries().filter(delivered({ lostCount: 1 }));
  expect(lost.map(errorsOf)).toEqual(Array.from({ length: 4 }, () => [INTERRUPTED, null]));
});
