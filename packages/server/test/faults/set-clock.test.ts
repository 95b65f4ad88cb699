/** The real program while its clock is set: a board that begins in 1970, an operator who corrects the date. Needs libfaketime. */
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { contradictions, type DeliveryTables, openTables } from "./delivery-tables.js";
import { newFolder, type Program, startProgram } from "./program.js";
import { OK, type RawReceiver, startRawReceiver } from "./raw-receiver.js";

const TIMEOUT_MS = 180_000;
const DAY_S = 86_400;
const HOUR_MS = 3_600_000;
const REFUSAL = "HTTP/1.1 500 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/** Debian puts it below the architecture's folder (apt-get install faketime). */
const LIBRARY = ["/usr/lib", "/usr/local/lib"]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => [folder, ...readdirSync(folder).map((name) => join(folder, name))])
  .map((folder) => join(folder, "faketime/libfaketimeMT.so.1"))
  .find((file) => existsSync(file));

let dataDir: string;
let program: Program;
let tables: DeliveryTables;
let receiver: RawReceiver;

/** Sets the program's clock, which goes on from there. */
const setClock = (offsetS: number) => writeFileSync(join(dataDir, "faketime"), `${offsetS < 0 ? "" : "+"}${offsetS}\n`);

beforeEach(async () => {
  dataDir = newFolder();
  receiver = await startRawReceiver();
}, TIMEOUT_MS);
afterEach(async () => {
  await program?.end("SIGKILL");
  await receiver.close();
  tables?.close();
  rmSync(dataDir, { recursive: true });
}, TIMEOUT_MS);

async function startAt(offsetS: number): Promise<void> {
  setClock(offsetS);
  program = await startProgram(dataDir, {
    LD_PRELOAD: LIBRARY ?? "",
    FAKETIME_TIMESTAMP_FILE: join(dataDir, "faketime"),
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  });
  tables = openTables(dataDir);
  await program.ask("POST", "/webhooks", { url: receiver.url, events: ["message.sent"] });
}

const send = async (): Promise<string> =>
  (await program.ask("POST", "/messages/send", { phone_number: "+94770000001", message: "Hello" })).message_id;

async function answer(text: string): Promise<string> {
  const connection = await receiver.connection();
  const { body } = await connection.readRequest();
  await connection.write(text);
  return JSON.parse(body).data.message_id;
}

const SINCE_1970_S = Math.floor(Date.now() / 1_000) - 3_600;

test.runIf(LIBRARY).each([
  ["set back by a day", 0, -DAY_S],
  ["a day ahead, and corrected", DAY_S, 0],
  ["beginning an hour after 1970, and corrected", -SINCE_1970_S, 0],
  ["set back to 1970", 0, -SINCE_1970_S],
  ["set on by twenty years", 0, 20 * 365 * DAY_S],
])("with a clock %s, everything goes on within seconds", { timeout: TIMEOUT_MS }, async (_, before, after) => {
  await startAt(before);
  const early = await send();
  expect(await answer(REFUSAL)).toBe(early);
  await tables.until((row) => row.attemptNumber === 1, "the failure");
  const [attempt] = tables.attempts();
  expect(Math.abs(Number(attempt?.attemptedAt) - Date.now() - before * 1_000)).toBeLessThan(HOUR_MS);
  setClock(after);
  // Its retry is due after five seconds; on a clock that was set back by a day it would be after a day.
  const late = await send();
  expect([await answer(OK), await answer(OK)].sort()).toEqual([early, late].sort());
  for (const id of [early, late]) {
    await tables.until(({ body, status }) => body.includes(id) && status === "succeeded", "the success");
  }
  expect(contradictions(tables)).toEqual([]);
  expect(receiver.waiting).toBe(0);
});
