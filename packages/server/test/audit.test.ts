/** The audit log: whoever does what matters is written down with it. */
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { appendAudit, COMMAND_LINE, forgetOldEntries } from "../src/audit/audit-log.js";
import { isAudited } from "../src/audit/summaries.js";
import { type OperationId, operations } from "../src/generated/operations.js";
import { createFakeClock } from "./fake-clock.js";
import { createFakeTransport } from "./fake-transport.js";
import { startTestApp, type TestApp } from "./test-app.js";

const clock = createFakeClock();
const DAY_MS = 86_400_000;
let app: TestApp;
let session: string;
let liveKey: string;
beforeAll(async () => {
  app = await startTestApp({ clock, transports: { live: createFakeTransport(clock) } });
  session = await app.signIn({ name: "anna" });
  liveKey = await app.createKey({ mode: "live" });
});
afterAll(() => app.close());
beforeEach(() => clock.advance(60_000));

interface Entry {
  created_at: string;
  action: string;
  mode: string | null;
  actor: { kind: string; id: string | null; name: string };
  subject_id: string | null;
  summary: string;
}
async function entries(): Promise<Entry[]> {
  const { body } = await app.request("GET", "/audit-log?limit=100", { session });
  return body.data;
}
/** What a step wrote, the first first. */
async function written(step: () => Promise<unknown>): Promise<Entry[]> {
  const before = (await entries()).length;
  await step();
  const after = await entries();
  return after.slice(0, after.length - before).reverse();
}
const toText = ({ action, mode, actor, summary }: Entry) => `${actor.name} ${mode}: ${action}: ${summary}`;
const WEBHOOK = { url: "https://user-secret.example.com/token/T0K3N?key=S3CR3T", events: ["device.connected"] };

it("has what the contract marks, done by a user, in their words and without secrets", async () => {
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await app.request(method, path, { session, mode: "live", body });
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    return answer.body.data;
  };
  const secrets: string[] = [];
  const done = await written(async () => {
    const key = await ask("POST", "/api-keys", { name: "Accounting", scopes: ["messages:read"] });
    await ask("DELETE", `/api-keys/${key.id}`);
    const hook = await ask("POST", "/webhooks", WEBHOOK);
    await ask("PUT", `/webhooks/${hook.id}`, { is_active: true });
    const { secret } = await ask("POST", `/webhooks/${hook.id}/rotate-secret`, {});
    await ask("POST", `/webhooks/${hook.id}/recover`, { since: "2025-10-11T00:00:00.000Z" });
    await ask("DELETE", `/webhooks/${hook.id}`);
    const device = await ask("POST", "/devices", { device_name: "Sales Line" });
    await ask("PATCH", `/devices/${device.id}`, { device_name: "Shop" });
    await ask("POST", `/devices/${device.id}/reconnect`);
    await ask("POST", `/devices/${device.id}/logout`);
    await ask("DELETE", `/devices/${device.id}`);
    const { token } = await ask("POST", "/invitations");
    const open = await ask("GET", "/invitations");
    await ask("DELETE", `/invitations/${open[0].id}`);
    secrets.push(key.key, hook.secret, secret, token, "T0K3N", "S3CR3T");
  });
  expect(done.map(toText)).toEqual([
    "anna live: createApiKey: Created the API key Accounting",
    "anna live: revokeApiKey: Revoked the API key Accounting",
    "anna live: createWebhook: Created a webhook to user-secret.example.com",
    "anna live: updateWebhook: Changed the webhook to user-secret.example.com",
    "anna live: rotateWebhookSecret: Rotated the secret of the webhook to user-secret.example.com",
    "anna live: recoverWebhookDeliveries: Sent what the webhook to user-secret.example.com had missed again",
    "anna live: deleteWebhook: Deleted the webhook to user-secret.example.com",
    "anna live: createDevice: Created the device Sales Line",
    "anna live: updateDevice: Changed the device Sales Line",
    "anna live: reconnectDevice: Reconnected the device Shop",
    "anna live: logoutDevice: Logged out the device Shop",
    "anna live: deleteDevice: Deleted the device Shop",
    "anna null: createInvitation: Invited a colleague",
    "anna null: deleteInvitation: Voided a one-time link of anna",
  ]);
  expect(done.map(({ subject_id }) => subject_id?.split("_")[0])).toEqual([
    ...["key", "key", "webhook", "webhook", "webhook", "webhook", "webhook"],
    ...["device", "device", "device", "device", "device", "invite", "invite"],
  ]);
  for (const secret of secrets) expect(JSON.stringify(done)).not.toContain(secret);
});

it("has how people come and go", async () => {
  const password = "correct horse battery";
  const account = await app.store.read.selectFrom("accounts").select("id").executeTakeFirstOrThrow();
  const done = await written(async () => {
    const { body } = await app.request("POST", "/invitations", { session });
    const { token } = body.data;
    const sent = { key: null, body: { token, name: "ben", password } };
    const accepted = await app.request("POST", "/invitations/accept", sent);
    await app.request("POST", "/session", { key: null, body: { name: "ben", password } });
    const ben = /whatsflow=(\w+)/.exec(accepted.headers.get("set-cookie") ?? "")?.[1] ?? "";
    const change = { current_password: password, new_password: `${password} 2` };
    const changed = await app.request("PUT", "/session/password", { session: ben, body: change });
    const renewed = /whatsflow=(\w+)/.exec(changed.headers.get("set-cookie") ?? "")?.[1] ?? "";
    await app.request("DELETE", "/sessions", { session: renewed });
    await app.request("DELETE", `/users/${accepted.body.data.user.id}`, { session });
  });
  expect(done.map(toText)).toEqual([
    "anna null: createInvitation: Invited a colleague",
    "ben null: acceptInvitation: Used a one-time link of anna, and signed in",
    "ben null: signIn: Signed in",
    "ben null: changePassword: Changed the password",
    "ben null: signOutEverywhere: Signed out everywhere",
    "anna null: deleteUser: Removed the user ben",
  ]);
  expect(account.id).toMatch(/^acct_/);
});

it("covers every operation that the contract marks", async () => {
  const marked = (Object.keys(operations) as OperationId[]).filter(isAudited);
  const seen = new Set((await entries()).map(({ action }) => action));
  expect(marked.filter((id) => !seen.has(id))).toEqual([]);
  expect(marked).toHaveLength(19);
});

describe("an entry", () => {
  it("names the key that did it, by the name that it had, and says when", async () => {
    const [entry] = await written(() =>
      app.request("POST", "/api-keys", { key: liveKey, body: { name: "Of a key", scopes: ["messages:read"] } }),
    );
    expect(entry?.actor).toEqual({ kind: "key", id: expect.stringMatching(/^key_/), name: "test" });
    expect(entry?.created_at).toBe(new Date(clock.now()).toISOString());
  });

  it("is not written for what was refused, repeated, or only read", async () => {
    const once = { "idempotency-key": "once" };
    const create = () =>
      app.request("POST", "/api-keys", { body: { name: "Once", scopes: ["messages:read"] }, headers: once });
    const done = await written(async () => {
      await create();
      expect((await create()).headers.get("idempotent-replayed")).toBe("true");
      await app.request("DELETE", "/webhooks/none", { session });
      await app.request("POST", "/devices", { session, body: { device_name: "In the sandbox" } });
      await app.request("POST", "/session", { key: null, body: { name: "anna", password: "a wrong password" } });
      await app.request("GET", "/api-keys", { session });
    });
    expect(done.map(({ action }) => action)).toEqual(["createApiKey"]);
  });
});

it("is read page by page, the newest first", async () => {
  const all = await entries();
  const read: Entry[] = [];
  for (let query = "?limit=7"; ; ) {
    const { body } = await app.request("GET", `/audit-log${query}`, { session });
    read.push(...body.data);
    if (body.pagination.next_cursor === null) break;
    query = `?limit=7&cursor=${body.pagination.next_cursor}`;
  }
  expect(read).toEqual(all);
});

it("forgets what is older than a year", async () => {
  const { id: accountId } = await app.store.read.selectFrom("accounts").select("id").executeTakeFirstOrThrow();
  const add = (summary: string, at: number) =>
    app.store.write((tx) => {
      const entry = { accountId, mode: null, actor: COMMAND_LINE, action: "setPlan", subjectId: null, summary };
      return appendAudit(tx, entry, at);
    });
  await add("old", clock.now() - 367 * DAY_MS);
  await add("young", clock.now() - 364 * DAY_MS);
  await app.store.write((tx) => forgetOldEntries(tx, clock.now()));
  const summaries = (await entries()).map(({ summary }) => summary);
  expect(summaries).toContain("young");
  expect(summaries).not.toContain("old");
});

it("of very many entries forgets the oldest, those of programs for programs alone", async () => {
  const { id } = await app.store.read.selectFrom("accounts").select("id").executeTakeFirstOrThrow();
  const add = (kind: "key" | "user", summary: string, count: number) =>
    app.store.write(async (tx) => {
      await sql`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${count})
        insert into audit_log (account_id, at, actor_kind, actor_name, action, summary)
        select ${id}, ${clock.now()}, ${kind}, 'somebody', 'updateDevice', ${summary} from numbers`.execute(tx);
    });
  await add("user", "of a person", 1);
  await add("key", "the first of a program", 1);
  await add("key", "of a program", 100_000);
  await app.store.write((tx) => forgetOldEntries(tx, clock.now()));
  const rows = await app.store.read.selectFrom("audit_log").select("summary").distinct().execute();
  const summaries = rows.map(({ summary }) => summary);
  expect(summaries).toContain("of a person");
  expect(summaries).toContain("of a program");
  expect(summaries).not.toContain("the first of a program");
});
