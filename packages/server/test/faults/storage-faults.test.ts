/** A database that cannot be written for a while: nothing is lost, nobody is flooded, and the server goes on by itself. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contradictions, type DeliveryTables, INTERRUPTED, openTables } from "./delivery-tables.js";
import { newFolder, type Program, startProgram } from "./program.js";
import { OK, type RawReceiver, startRawReceiver } from "./raw-receiver.js";

const TIMEOUT_MS = 180_000;
const CANNOT_RECORD = "cannot record a webhook attempt";
const CANNOT_CLAIM = "cannot read or claim webhook deliveries";

let dataDir: string;
let program: Program;
let tables: DeliveryTables;
let receiver: RawReceiver;

beforeEach(async () => {
  dataDir = newFolder();
  receiver = await startRawReceiver();
  program = await startProgram(dataDir);
  tables = openTables(dataDir);
  await program.ask("POST", "/webhooks", { url: receiver.url, events: ["message.sent"] });
}, TIMEOUT_MS);
afterEach(async () => {
  await program.end("SIGKILL");
  await receiver.close();
  tables.close();
  rmSync(dataDir, { recursive: true });
}, TIMEOUT_MS);

const trySending = (message: string) =>
  program.request("POST", "/messages/send", { phone_number: "+94770000001", message });
async function send(message = "Hello"): Promise<string> {
  const answer = await trySending(message);
  expect(answer?.status).toBe(200);
  return answer?.body.data.message_id;
}
const messageIdOf = (body: string): string => JSON.parse(body).data.message_id;
const ofMessage = (messageId: string) => (row: { body: string }) => messageIdOf(row.body) === messageId;
const settled = (messageId: string) =>
  tables.until((row) => ofMessage(messageId)(row) && row.status === "succeeded", `the success of ${messageId}`);

/** What makes every write fail until the returned function is called. */
const FAULTS: [string, { possible: boolean; diesWithIt: boolean; breakStorage: () => () => void }][] = [
  [
    "another process that holds the database for longer than anybody waits",
    {
      possible: true,
      diesWithIt: false,
      breakStorage: () => {
        const other = new SqliteDatabase(join(dataDir, "whatsflow.db"));
        other.exec("begin immediate");
        return () => other.close();
      },
    },
  ],
  [
    "a full disk",
    {
      possible: process.platform === "linux",
      diesWithIt: true,
      breakStorage: () => {
        // No file of the server's may grow to more than nothing; its hard limit stays, so that it can be lifted.
        const limit = (size: string) => execFileSync("prlimit", ["--pid", String(program.pid), `--fsize=${size}:`]);
        limit("0");
        return () => limit("unlimited");
      },
    },
  ],
];

describe.each(FAULTS.filter(([, { possible }]) => possible))("with %s", (_, { diesWithIt, breakStorage }) => {
  test("an answer that was read is recorded as soon as that is possible, and not asked for again", {
    timeout: TIMEOUT_MS,
  }, async () => {
    const messageId = await send();
    const connection = await receiver.connection();
    await connection.readRequest();
    const mend = breakStorage();
    await connection.write(OK);
    await program.logged(CANNOT_RECORD);
    // What cannot be stored is not acknowledged.
    const refused = trySending("not stored");
    await program.logged(CANNOT_RECORD, 2);
    expect(receiver.waiting).toBe(0);
    mend();
    const delivery = await settled(messageId);
    expect(delivery).toMatchObject({ attemptNumber: 1, lostCount: 0 });
    const stored = (await refused)?.status === 200;

    const next = await send("next");
    const due = stored ? 2 : 1;
    const received: string[] = [];
    while (received.length < due) {
      const another = await receiver.connection();
      received.push(messageIdOf((await another.readRequest()).body));
      await another.write(OK);
    }
    expect(received).toContain(next);
    await settled(next);
    expect(receiver.waiting).toBe(0);
    expect(tables.deliveries()).toHaveLength(1 + due);
    expect(contradictions(tables)).toEqual([]);
  });

  test("what is due meanwhile is sent afterwards, without a restart", { timeout: TIMEOUT_MS }, async () => {
    const messageId = await send();
    const first = await receiver.connection();
    await first.readRequest();
    await first.write("HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    await tables.until((row) => row.attemptNumber === 1, "the failure");
    const mend = breakStorage();
    await program.logged(CANNOT_CLAIM);
    expect(receiver.waiting).toBe(0);
    mend();
    const second = await receiver.connection();
    expect(messageIdOf((await second.readRequest()).body)).toBe(messageId);
    await second.write(OK);
    expect(await settled(messageId)).toMatchObject({ attemptNumber: 2, lostCount: 0 });
    expect(contradictions(tables)).toEqual([]);
  });

  test.each(["SIGKILL", "SIGTERM"] as const)(
    "%s before the result is recorded has it sent again",
    {
      timeout: TIMEOUT_MS,
    },
    async (signal) => {
      const messageId = await send();
      const connection = await receiver.connection();
      const before = await connection.readRequest();
      const mend = breakStorage();
      await connection.write(OK);
      await program.logged(CANNOT_RECORD);
      await program.end(signal);
      // It came to its end: it did not just run out of things to do.
      if (signal === "SIGTERM") expect(program.printed.stderr).toMatch(/"msg":"stopped"|^whatsflow: /m);
      if (!diesWithIt) mend();
      program = await startProgram(dataDir);
      const again = await receiver.connection();
      const request = await again.readRequest();
      expect([request.deliveryId, request.body]).toEqual([before.deliveryId, before.body]);
      await again.write(OK);
      const { seq } = await settled(messageId);
      const errors = tables.attempts().filter(({ deliverySeq }) => deliverySeq === seq);
      expect(errors.map(({ error }) => error)).toEqual([INTERRUPTED, null]);
      expect(contradictions(tables)).toEqual([]);
    },
  );
});
