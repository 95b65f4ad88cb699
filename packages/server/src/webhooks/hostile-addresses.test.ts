/** No webhook leads where only this machine can go: each address is registered, and called behind the registration's back. */
import ipaddr from "ipaddr.js";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createFakeClock } from "../../test/fake-clock.js";
import { startTestApp, type TestApp } from "../../test/test-app.js";
import { createGuardedAgent, guardConnector, guardLookup, type WebhookAllow } from "./address-guard.js";
import { attempt } from "./attempt.js";
import { connectionsDuring, HAS_IPV6, startListener } from "./connections-fixture.js";
import { createTestSpace, NOTHING_ALLOWED } from "./dispatcher-fixture.js";
import { answering, HOSTILE, type HostileAddress, UNUSABLE } from "./hostile-addresses-fixture.js";

const PRIVATE = "the address is not reachable from the public internet";
const EVERYTHING: WebhookAllow = {
  ...NOTHING_ALLOWED,
  blocks: [ipaddr.parseCIDR("0.0.0.0/0"), ipaddr.parseCIDR("::/0")],
};
const rows = HOSTILE.map((row) => ({ ...row, shown: JSON.stringify([row.url, ...(row.resolvesTo ?? [])]) }));
const rowsHere = rows.filter(({ leadsHere }) => leadsHere);
const rowsElsewhere = rows.filter(({ leadsHere }) => !leadsHere);
/** Names that are not among the table's rows resolve to nothing. */
const lookupFor = ({ resolvesTo = [] }: Pick<HostileAddress, "resolvesTo">) => answering(resolvesTo);

/** Posts as the dispatcher does, and tells what became of it on both ends. */
async function call(row: Pick<HostileAddress, "url" | "resolvesTo">, allow: WebhookAllow) {
  const listener = await startListener();
  const client = createGuardedAgent({ allow, connectTimeoutMs: 10_000, lookup: lookupFor(row) });
  onTestFinished(() => client.destroy());
  const url = row.url.replace("PORT", String(listener.port));
  const post = () => ({ url, headers: {}, body: Buffer.from("{}") });
  const { result, attempts } = await connectionsDuring(() =>
    attempt(client, createFakeClock(), post, new AbortController()),
  );
  return { result, attempts, arrived: await listener.arrived() };
}

test("the table is long", () => {
  expect(HOSTILE.length).toBeGreaterThan(180);
  expect(new Set(rows.map(({ shown }) => shown)).size).toBe(HOSTILE.length);
});

describe("at registration", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ dev: false });
  });
  afterAll(() => app.close());
  const register = (url: string) =>
    app.request("POST", "/webhooks", { body: { url: url.replace("PORT", "3000"), events: ["message.received"] } });

  test.each(rows.filter(({ refusal }) => refusal !== undefined))("$shown is a 400", async ({ url, refusal }) => {
    const { status, body } = await register(url);
    expect(status).toBe(400);
    expect(body.details).toEqual([{ path: "url", message: expect.stringContaining(String(refusal)) }]);
  });

  test.each(rows.filter(({ refusal }) => refusal === undefined))("$shown is a name like others", async ({ url }) => {
    const { status, body } = await register(url);
    expect(status).toBe(201);
    await app.request("DELETE", `/webhooks/${body.data.id}`);
  });

  test.each(UNUSABLE)("%s is a 400", async (url, refusal) => {
    const { status, body } = await register(url);
    expect(status).toBe(400);
    expect(body.details).toEqual([{ path: "url", message: expect.stringContaining(refusal) }]);
  });

  test("an address that may be registered cannot be changed into one that may not", async () => {
    const { body } = await register("https://example.com/");
    for (const { url, refusal } of rowsHere.filter(({ refusal }) => refusal !== undefined)) {
      const put = { url: url.replace("PORT", "3000") };
      const changed = await app.request("PUT", `/webhooks/${body.data.id}`, { body: put });
      expect(changed.status, url).toBe(400);
      expect(changed.body.details, url).toEqual([{ path: "url", message: expect.stringContaining(String(refusal)) }]);
    }
    expect((await app.request("GET", `/webhooks/${body.data.id}`)).body.data.url).toBe("https://example.com/");
  });
});

describe("at the connection", () => {
  test.each(rows)("$shown is refused, and no socket is told of it", async (row) => {
    const { result, attempts, arrived } = await call(row, NOTHING_ALLOWED);
    expect(result).toMatchObject({ outcome: "failed", responseStatus: null, error: PRIVATE });
    expect(attempts).toEqual([]);
    expect(arrived).toEqual({ connections: 0, bytes: 0 });
  });

  test.each(UNUSABLE)("%s reaches nothing", async (url, _refusal, error) => {
    const { result, attempts, arrived } = await call({ url }, EVERYTHING);
    expect(result).toMatchObject({ outcome: "failed", error });
    expect(attempts).toEqual([]);
    expect(arrived).toEqual({ connections: 0, bytes: 0 });
  });
});

describe("in the database already,", () => {
  // As many as a space may hold.
  const parts = [0, 1, 2].map((part) => HOSTILE.filter((_row, index) => index % 3 === part));

  test.each(parts)("addresses are refused on delivery", async (...part) => {
    const listener = await startListener();
    const byName = new Map(
      part.map((row) => [new URL(row.url.replace("PORT", "3000")).hostname, row.resolvesTo ?? []]),
    );
    const space = await createTestSpace(createFakeClock(), {
      allow: NOTHING_ALLOWED,
      lookup: (hostname, ...rest) => answering(byName.get(hostname) ?? [])(hostname, ...rest),
    });
    const ids: string[] = [];
    for (const { url } of part) {
      const { row } = await space.hook("https://example.com/");
      const stored = url.replace("PORT", String(listener.port));
      await space.store.write((tx) =>
        tx.updateTable("webhooks").set({ url: stored }).where("id", "=", row.id).executeTakeFirstOrThrow(),
      );
      ids.push(row.id);
    }
    await space.publish();
    const lastAttempts = async () => {
      const logs = await Promise.all(ids.map((id) => space.deliveries(id)));
      return logs.map(([delivery]) => delivery?.attempts.map(({ error }) => error));
    };
    const { attempts } = await connectionsDuring(async () => {
      await space.startDispatcher();
      await space.until(async () => (await lastAttempts()).every((errors) => errors?.length === 1));
    });
    expect(attempts).toEqual([]);
    expect(await listener.arrived()).toEqual({ connections: 0, bytes: 0 });
    for (const errors of await lastAttempts()) expect(errors).toEqual([PRIVATE]);
  });
});

describe("when the operator opens everything", () => {
  const reachable = rowsHere.filter(
    ({ url, resolvesTo: [first = ""] = [] }) => HAS_IPV6 || !(url.includes("[") || first.includes(":")),
  );

  test.each(reachable)("$shown reaches this machine", async (row) => {
    const { result, attempts, arrived } = await call(row, EVERYTHING);
    // The listener knows no TLS, but it has been talked to.
    if (row.url.includes("https:")) expect(result.error).toMatch(/^failed with ERR_SSL_/);
    else expect(result).toMatchObject({ outcome: "succeeded", responseStatus: 204 });
    expect(attempts.length).toBeGreaterThan(0);
    expect(arrived.connections).toBe(1);
    expect(arrived.bytes).toBeGreaterThan(0);
  });

  test.each(rowsElsewhere)("$shown would be connected to", async ({ url, resolvesTo = [] }) => {
    const { hostname, protocol } = new URL(url.replace("PORT", "3000"));
    const reached: string[] = [];
    const connect = guardConnector(({ hostname: host }, callback) => {
      const found = guardLookup(answering(resolvesTo), EVERYTHING);
      if (resolvesTo.length === 0) reached.push(host);
      else
        found(host, { all: true }, (_error, all) => Array.isArray(all) && reached.push(...all.map((a) => a.address)));
      callback(new Error("nobody is there"), null);
    }, EVERYTHING);
    connect({ hostname, protocol, port: "3000" }, () => {});
    expect(reached).toEqual(resolvesTo.length === 0 ? [hostname] : resolvesTo);
  });
});
