/** No secret is in the database's files or in the log, in whatever spelling: also at the level trace, after a kill, and in freed pages. */
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { seededRandom } from "../random.js";
import { startReceiver, type WebhookReceiver } from "../webhook-receiver.js";
import { type DeliveryTables, openTables } from "./delivery-tables.js";
import { newFolder, type Program, startProgram } from "./program.js";

const TIMEOUT_MS = 120_000;
const PHONE_NUMBERS = ["+94775550101", "+94775550102"];
const TEXT = "the canary's own words";
/** What is meant to be read by the operator alone, and holds secrets for that. */
const OPERATORS_FILES = ["encryption.key", "operator.json"];

let dataDir: string;
let receiver: WebhookReceiver;
let program: Program;
let tables: DeliveryTables | undefined;

beforeEach(async () => {
  dataDir = newFolder();
  receiver = await startReceiver();
}, TIMEOUT_MS);
afterEach(async () => {
  await program.end("SIGKILL");
  await receiver.close();
  tables?.close();
  rmSync(dataDir, { recursive: true });
}, TIMEOUT_MS);

interface Canary {
  name: string;
  spellings: (string | Buffer)[];
}

/** A secret as text, and as the bytes that it stands for, in the spellings in which something might write them. */
function canary(name: string, text: string, bytes?: Buffer): Canary {
  const raw = [Buffer.from(text), ...(bytes ? [bytes] : [])];
  const spellings = raw.flatMap((one) => [one, one.toString("hex"), one.toString("base64").replace(/=+$/, "")]);
  return { name, spellings };
}
const secretCanary = (name: string, secret: string) =>
  canary(name, secret, Buffer.from(secret.replace("whsec_", ""), "base64"));

const found = (haystack: Buffer, canaries: Canary[]): string[] =>
  canaries.filter(({ spellings }) => spellings.some((spelling) => haystack.includes(spelling))).map(({ name }) => name);

/** Every file of the data folder that is not the operator's. */
const databaseFiles = (): [string, Buffer][] =>
  readdirSync(dataDir)
    .filter((name) => !OPERATORS_FILES.includes(name))
    .map((name) => [name, readFileSync(join(dataDir, name))]);

const inDatabase = (canaries: Canary[]): string[] =>
  databaseFiles().flatMap(([file, bytes]) => found(bytes, canaries).map((name) => `${name} in ${file}`));

/** Uses whatever there are secrets in, and tells them. */
async function useEverything(): Promise<Canary[]> {
  const canaries: Canary[] = [];
  const once = { "idempotency-key": randomUUID() };
  const events = ["message.sent", "message.received"];
  const hook = await program.ask("POST", "/webhooks", { url: receiver.url, events }, once);
  canaries.push(secretCanary("the first secret", hook.secret));
  receiver.secret = hook.secret;
  const settled = (count: number) =>
    tables?.until((row) => row.attemptNumber > 0 && receiver.requests.length >= count, "a delivery");
  const send = (index: number) =>
    program.ask("POST", "/messages/send", { phone_number: PHONE_NUMBERS[index], message: TEXT });
  await send(0);
  await settled(1);
  for (const overlap_seconds of [3_600, 0]) {
    const { secret } = await program.ask(
      "POST",
      `/webhooks/${hook.id}/rotate-secret`,
      { overlap_seconds },
      {
        "idempotency-key": randomUUID(),
      },
    );
    canaries.push(secretCanary(`a secret with an overlap of ${overlap_seconds} s`, secret));
    receiver.secret = "";
  }
  receiver.status = 500;
  await send(1);
  await tables?.until((row) => row.status === "pending" && row.attemptNumber > 0, "a failure");
  for (const name of ["kept", "revoked"]) {
    const { id, key } = await program.ask(
      "POST",
      "/api-keys",
      { name, scopes: ["messages:read"] },
      {
        "idempotency-key": randomUUID(),
      },
    );
    canaries.push(canary(`the key that is ${name}`, key));
    await program.request("GET", "/messages", undefined, { authorization: `Bearer ${key}` });
    if (name === "revoked") await program.ask("DELETE", `/api-keys/${id}`);
  }
  const other = await program.ask("POST", "/webhooks", { url: receiver.url, events });
  canaries.push(secretCanary("the secret of a webhook that is deleted", other.secret));
  await program.ask("DELETE", `/webhooks/${other.id}`);
  const wrong = "wf_test_000000000000000000000000wrong";
  await program.request("GET", "/messages", undefined, { authorization: `Bearer ${wrong}` });
  canaries.push(canary("a wrong key", wrong));
  canaries.push(...(await useSessions()));
  const keyFile = readFileSync(join(dataDir, "encryption.key"), "utf8").trim();
  canaries.push(canary("the encryption key", keyFile, Buffer.from(keyFile, "base64")));
  const operator: { token: string } = JSON.parse(readFileSync(join(dataDir, "operator.json"), "utf8"));
  canaries.push(canary("the operator's token", operator.token));
  return canaries;
}

/** What the server prints for the first person who signs in, and for nobody's log. */
const linkToken = () => /#\/welcome\?token=(\w{43})\n/.exec(program.printed.stdout)?.[1] ?? "no link";

/** Signs people in and out, as their browsers do. */
async function useSessions(): Promise<Canary[]> {
  const baseUrl = / ready at (\S+)\s/.exec(program.printed.stdout)?.[1];
  const ask = async (method: string, path: string, { cookie = "", body }: { cookie?: string; body?: object }) => {
    const headers = { cookie, "whatsflow-mode": "test", "content-type": "application/json" };
    const response = await fetch(baseUrl + path, { method, headers, body: body ? JSON.stringify(body) : null });
    // biome-ignore lint/suspicious/noExplicitAny: the contract says what is answered
    const { data }: any = await response.json();
    const [given = ""] = response.headers.get("set-cookie")?.split(";") ?? [];
    return { status: response.status, data, cookie: given, token: given.split("=")[1] ?? "" };
  };
  const [password, wrong, next] = ["correct horse battery", "incorrect horse battery", "staple the correct horse"];
  const accepted = await ask("POST", "/invitations/accept", { body: { token: linkToken(), name: "anna", password } });
  const guessed = await ask("POST", "/session", { body: { name: "anna", password: wrong } });
  const signedIn = await ask("POST", "/session", { body: { name: "anna", password } });
  const { cookie } = signedIn;
  const invited = await ask("POST", "/invitations", { cookie });
  const body = { current_password: password, new_password: next };
  const changed = await ask("PUT", "/session/password", { cookie, body });
  await ask("POST", "/api-keys", { cookie: changed.cookie, body: { name: "by anna", scopes: ["messages:read"] } });
  await ask("DELETE", "/sessions", { cookie: changed.cookie });
  const statuses = [accepted, guessed, signedIn, invited, changed].map(({ status }) => status);
  expect(statuses).toEqual([200, 403, 200, 201, 200]);
  return [
    ...Object.entries({ password, wrong, next }).map(([name, text]) => canary(`the password ${name}`, text)),
    ...Object.entries({ accepted, signedIn, changed }).map(([name, { token }]) => canary(`the cookie ${name}`, token)),
    canary("an invitation", invited.data.token),
  ];
}

test("at the level trace nothing secret is written anywhere", { timeout: TIMEOUT_MS }, async () => {
  program = await startProgram(dataDir, { WHATSFLOW_LOG_LEVEL: "trace" });
  tables = openTables(dataDir);
  const canaries = await useEverything();
  const devKey = canary("the key of serve --dev", program.key);
  const link = canary("the first link", linkToken());
  expect(canaries).toHaveLength(16);
  // The search finds what is there: the text is in the database, and what was done is in the log of it.
  expect(inDatabase([canary("text", TEXT)])).not.toEqual([]);

  expect(inDatabase([...canaries, devKey, link])).toEqual([]);
  await program.end("SIGKILL");
  expect(readdirSync(dataDir)).toContain("whatsflow.db-wal");
  expect(inDatabase([...canaries, devKey, link])).toEqual([]);
  const printed = [program.printed];
  expect(program.printed.stderr).toContain('"webhook attempt"');
  program = await startProgram(dataDir, { WHATSFLOW_LOG_LEVEL: "trace" });
  tables.close();
  tables = undefined;
  await program.end("SIGTERM");
  printed.push(program.printed);
  // The log was moved into the database: what is deleted may still stand in its free pages.
  expect(inDatabase([...canaries, devKey, link])).toEqual([]);
  expect(printed.flatMap(({ stdout }) => found(Buffer.from(stdout), [devKey]))).toEqual([devKey.name, devKey.name]);
  for (const { stdout, stderr } of printed) {
    expect(found(Buffer.from(stderr), [...canaries, devKey, link])).toEqual([]);
    // The greeting shows the one key that it is for.
    expect(found(Buffer.from(stdout), canaries)).toEqual([]);
  }
});

test("at the level info there are no numbers and no texts in the log", { timeout: TIMEOUT_MS }, async () => {
  program = await startProgram(dataDir);
  tables = openTables(dataDir);
  const canaries = await useEverything();
  const random = seededRandom(5);
  // Bad input is told of, too.
  const odd = `${TEXT} ${Math.floor(random() * 1e9)}`;
  await program.request("POST", "/messages/send", { phone_number: "+1 23", message: odd });
  await program.request("GET", `/messages?cursor=${encodeURIComponent(odd)}`);
  await program.request("GET", `/contacts?search=${encodeURIComponent(PHONE_NUMBERS[0] ?? "")}`);
  await program.end("SIGTERM");
  const people = [...PHONE_NUMBERS, ...PHONE_NUMBERS.map((number) => number.slice(1)), TEXT];
  const log = Buffer.from(program.printed.stderr);
  expect(log.includes('"operation":"sendMessage"')).toBe(true);
  expect(
    found(
      log,
      people.map((text) => ({ name: text, spellings: [text, encodeURIComponent(text)] })),
    ),
  ).toEqual([]);
  expect(found(log, canaries)).toEqual([]);
});
