/** Lists over HTTP: by page, by cursor, filtered, and as different keys see them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAccount, getSpace } from "../src/accounts/accounts.js";
import { MAGIC_NUMBERS } from "../src/transport/sandbox/sandbox.js";
import { startTestApp, type TestApp } from "./test-app.js";

let app: TestApp;
let accounts = 0;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** A key to a space that nothing is in yet. */
function newSpace(): Promise<string> {
  accounts += 1;
  return app.createKey({ account: `account-${accounts}` });
}
async function send(key: string, message: string, phone_number = "+94771234567", more = {}): Promise<string> {
  const { body } = await app.request("POST", "/messages/send", { key, body: { phone_number, message, ...more } });
  return body.data.message_id;
}
async function sendMany(key: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let sent = 0; sent < count; sent += 1) ids.push(await send(key, `text ${sent}`, `+9477000000${sent % 10}`));
  return ids;
}
const get = async (key: string, path: string) => (await app.request("GET", path, { key })).body;
const idsOf = (items: { id: string }[]) => items.map(({ id }) => id);

describe("pages", () => {
  it("have exact numbers, the newest first", async () => {
    const key = await newSpace();
    const ids = (await sendMany(key, 7)).reverse();
    for (const [page, expected] of [
      [1, ids.slice(0, 3)],
      [2, ids.slice(3, 6)],
      [3, ids.slice(6)],
      [4, []],
      [1_000_000, []],
    ] as const) {
      const { data, pagination } = await get(key, `/messages?page=${page}&limit=3`);
      expect(idsOf(data)).toEqual(expected);
      expect(pagination).toMatchObject({ page, limit: 3, total: 7, pages: 3 });
      expect(pagination.next_cursor === null).toBe(page >= 3);
    }
    expect((await get(key, "/messages")).pagination).toEqual({
      page: 1,
      limit: 50,
      total: 7,
      pages: 1,
      next_cursor: null,
    });
    expect((await get(key, "/messages?limit=7")).pagination).toMatchObject({ pages: 1, next_cursor: null });
  });

  it("of contacts stand inside data", async () => {
    const key = await newSpace();
    await sendMany(key, 5);
    const { data } = await get(key, "/contacts?page=2&limit=2");
    expect(data.contacts.map((contact: { phone_number: string }) => contact.phone_number)).toEqual([
      "+94770000002",
      "+94770000001",
    ]);
    expect(data.pagination).toMatchObject({ page: 2, limit: 2, total: 5, pages: 3 });
  });

  it("of nothing are none", async () => {
    const key = await newSpace();
    expect((await get(key, "/messages")).pagination).toEqual({
      page: 1,
      limit: 50,
      total: 0,
      pages: 0,
      next_cursor: null,
    });
    expect((await get(key, "/messages?contact_id=contact_x")).pagination).toMatchObject({ total: 0, pages: 0 });
  });
});

describe("cursors", () => {
  it("show everything once, whatever comes meanwhile", async () => {
    const key = await newSpace();
    const before = await sendMany(key, 23);
    const seen: string[] = [];
    let query = "limit=4";
    for (;;) {
      const { data, pagination } = await get(key, `/messages?${query}`);
      seen.push(...idsOf(data));
      await sendMany(key, 2);
      if (pagination.next_cursor === null) break;
      query = `limit=4&cursor=${pagination.next_cursor}`;
    }
    expect(seen).toEqual(before.reverse());
  });

  it("walk contacts and deliveries too", async () => {
    const key = await newSpace();
    await sendMany(key, 7);
    const { body } = await app.request("POST", "/webhooks", {
      key,
      body: { url: "https://example.com/", events: ["webhook.test"], is_active: false },
    });
    const deliveries = `/webhooks/${body.data.id}/deliveries`;
    for (let test = 0; test < 7; test += 1) await app.request("POST", `/webhooks/${body.data.id}/test`, { key });
    for (const path of ["/contacts", deliveries]) {
      const seen: string[] = [];
      let query = "limit=3";
      for (let page = 0; page < 3; page += 1) {
        const { data, pagination = data.pagination } = await get(key, `${path}?${query}`);
        seen.push(...idsOf(data.contacts ?? data));
        query = `limit=3&cursor=${pagination.next_cursor}`;
      }
      expect(query).toBe("limit=3&cursor=null");
      expect(new Set(seen).size).toBe(7);
    }
  });

  it("carry no number of pages", async () => {
    const key = await newSpace();
    await sendMany(key, 3);
    const { pagination } = await get(key, "/messages?limit=1");
    expect(Object.keys((await get(key, `/messages?limit=1&cursor=${pagination.next_cursor}`)).pagination)).toEqual([
      "limit",
      "next_cursor",
    ]);
  });

  it("of another list, or made up, are refused", async () => {
    const key = await newSpace();
    await sendMany(key, 2);
    const contacts = (await get(key, "/contacts?limit=1")).data.pagination.next_cursor;
    for (const cursor of [contacts, "x", "", "MTc2MDE3ODYwMDAwMC4xNDU=", "%00", "null"]) {
      const { status, body } = await app.request("GET", `/messages?cursor=${cursor}`, { key });
      expect([cursor, status, body.details?.[0].path]).toEqual([cursor, 400, "cursor"]);
    }
  });
});

describe("a list refuses", () => {
  it.each(["/messages", "/contacts"])("page and cursor together: %s", async (path) => {
    const { status, body } = await app.request("GET", `${path}?page=1&cursor=MTQ1`);
    expect([status, body.details]).toEqual([400, [{ path: "cursor", message: expect.stringContaining("page") }]]);
  });

  it.each(["0", "101", "-1", "abc", "1.5", "", "1e1", " 1", "0x10", "9999999999999999"])("limit=%j", async (limit) => {
    for (const path of ["/messages", "/contacts"]) {
      const { status, body } = await app.request("GET", `${path}?limit=${encodeURIComponent(limit)}`);
      expect([status, body.details?.[0].path]).toEqual([400, "limit"]);
    }
  });

  it.each(["0", "1000001", "-1", "abc", "1.5", ""])("page=%j", async (page) => {
    const { status, body } = await app.request("GET", `/messages?page=${page}`);
    expect([status, body.details?.[0].path]).toEqual([400, "page"]);
  });

  it.each([
    "device_id=x",
    "direction=inbound",
    "status=read",
    "since=2025-10-11T00:00:00Z",
    "until=2025-10-11T00:00:00Z",
  ])("page with %s", async (filter) => {
    const { status, body } = await app.request("GET", `/messages?page=1&${filter}`);
    expect([status, body.details?.[0].path]).toEqual([400, "page"]);
  });

  it.each(["since=yesterday", "until=2025-02-30T00:00:00Z", "direction=up", "status=lost"])("%s", async (filter) => {
    const { status, body } = await app.request("GET", `/messages?${filter}`);
    expect([status, body.details?.[0].path]).toEqual([400, filter.split("=")[0]]);
  });

  it("no parameter that it does not know", async () => {
    expect((await app.request("GET", "/messages?colour=blue&limit=1")).status).toBe(200);
  });
});

describe("filters", () => {
  it("by contact are counted, the others are walked by cursor", async () => {
    const key = await newSpace();
    const one = await send(key, "one", MAGIC_NUMBERS.echo);
    await send(key, "two", "+94770000001");
    const { contact_id, device_id, created_at } = (await get(key, `/messages/${one}`)).data;
    const find = async (query: string) => await get(key, `/messages?${query}`);
    const contents = async (query: string) =>
      (await find(query)).data.map(({ content }: { content: string }) => content).sort();

    expect((await find(`contact_id=${contact_id}`)).pagination).toMatchObject({ total: 2, pages: 1 });
    expect(await contents(`contact_id=${contact_id}`)).toEqual(["echo: one", "one"]);
    expect(await contents("direction=inbound")).toEqual(["echo: one"]);
    expect(await contents(`contact_id=${contact_id}&direction=outbound`)).toEqual(["one"]);
    expect(await contents(`device_id=${device_id}`)).toEqual(["echo: one", "one", "two"]);
    expect(await contents("device_id=none")).toEqual([]);
    expect(await contents("status=failed")).toEqual([]);
    expect(await contents(`since=${created_at}`)).toEqual(["echo: one", "one", "two"]);
    expect(await contents(`until=${created_at}`)).toEqual([]);
    expect(Object.keys((await find("direction=inbound")).pagination)).toEqual(["limit", "next_cursor"]);
    const [first] = (await find("direction=outbound&limit=1")).data;
    const { next_cursor } = (await find("direction=outbound&limit=1")).pagination;
    const { data, pagination } = await find(`direction=outbound&limit=1&cursor=${next_cursor}`);
    expect([first.content, data[0].content, pagination.next_cursor]).toEqual(["two", "one", null]);
  });
});

it.each(["/messages", "/webhooks/w/deliveries"])("%s refuses a since that is later than until", async (path) => {
  const at = (since: string, until: string) => app.request("GET", `${path}?since=${since}&until=${until}`);
  const { status, body } = await at("2025-10-12T00:00:00Z", "2025-10-12T00:00:00%2B01:00");
  expect([status, body.details]).toEqual([400, [{ path: "since", message: "must not be later than until" }]]);
  expect((await at("2025-10-12T00:00:00Z", "2025-10-12T00:00:00Z")).status).not.toBe(400);
});

describe("a parameter that is given twice", () => {
  it.each([
    [
      "/events?events=message.read&events=message.sent",
      "events",
      "is given more than once; put all values into one, separated by commas",
    ],
    ["/events?last_event_id=1&last_event_id=2", "last_event_id", "is given more than once; give it once"],
    ["/messages?status=sent&status=failed", "status", "is given more than once; give it once"],
    ["/messages?cursor=a&limit=2&cursor=b", "cursor", "is given more than once; give it once"],
  ])("is refused instead of half believed: %s", async (path, name, message) => {
    const { status, body } = await app.request("GET", path);
    expect([status, body.details]).toEqual([400, [{ path: name, message }]]);
  });

  it("counts as the first where clients of old may send it so, and means nothing where it is not known", async () => {
    const key = await newSpace();
    await send(key, "one");
    const { pagination } = await get(key, "/messages?page=1&limit=1&limit=500&page=9&colour=a&colour=b");
    expect(pagination).toMatchObject({ page: 1, limit: 1 });
  });
});

describe("a key", () => {
  it("sees only its own space", async () => {
    const [key, stranger] = [await newSpace(), await newSpace()];
    const id = await send(key, "mine");
    const { contact_id } = (await get(key, `/messages/${id}`)).data;
    for (const path of ["/messages", "/contacts", `/messages?contact_id=${contact_id}`]) {
      const { data, pagination = data.pagination } = await get(stranger, path);
      expect([data.contacts ?? data, pagination.total]).toEqual([[], 0]);
    }
    const live = await app.createKey({ account: `account-${accounts - 1}`, mode: "live" });
    expect((await get(live, "/messages")).pagination.total).toBe(0);
  });

  it("that is limited to devices sees these, their messages, and the contacts of these", async () => {
    const key = await newSpace();
    const account = await findAccount(app.store.read, `account-${accounts}`);
    const space = await getSpace(app.store.read, account?.id ?? "", "test");
    const [sandbox] = (await get(key, "/devices")).data;
    await app.store.write(async (tx) => {
      const row = await tx.selectFrom("devices").selectAll().where("id", "=", sandbox.id).executeTakeFirstOrThrow();
      const { seq: _, ...copy } = row;
      const second = { ...copy, id: `device_second_${space.id}`, device_name: "Second", is_primary: 0 } as const;
      await tx.insertInto("devices").values(second).execute();
    });
    const second = `device_second_${space.id}`;
    const first = await send(key, "by the first", "+94770000001");
    const own = await send(key, "by the second", "+94770000002", { device_id: second });
    const limited = await app.createKey({ account: `account-${accounts}`, deviceIds: [second] });

    expect(idsOf((await get(limited, "/devices")).data)).toEqual([second]);
    const messages = await get(limited, "/messages");
    expect([idsOf(messages.data), messages.pagination.total]).toEqual([[own], 1]);
    const { contacts, pagination } = (await get(limited, "/contacts")).data;
    expect([contacts[0].phone_number, contacts.length, pagination.total]).toEqual(["+94770000002", 1, 1]);
    const { contact_id } = (await get(key, `/messages/${first}`)).data;
    for (const path of [`/messages/${first}`, `/contacts/${contact_id}`, `/devices/${sandbox.id}/status`]) {
      expect((await app.request("GET", path, { key: limited })).status).toBe(404);
    }
    expect((await get(limited, `/messages?contact_id=${contact_id}`)).pagination.total).toBe(0);
    const sending = { phone_number: "+94770000003", message: "x" };
    const refused = await app.request("POST", "/messages/send", {
      key: limited,
      body: { ...sending, device_id: sandbox.id },
    });
    expect(refused.status).toBe(404);
    const sent = await app.request("POST", "/messages/send", { key: limited, body: sending });
    expect((await get(key, `/messages/${sent.body.data.message_id}`)).data.device_id).toBe(second);
  });
});
