import { describe, expect, it } from "vitest";
import { type Answer, startServer } from "../test/api-server.js";
import { WhatsFlow } from "./index.js";

const apiKey = "wf_test_0123456789";
const page = (ids: string[], next_cursor: string | null, more: object = {}): Answer => ({
  json: { success: true, data: ids.map((id) => ({ id })), pagination: { limit: 2, next_cursor, ...more } },
});

async function startClient(...answers: Answer[]) {
  const server = await startServer(...answers);
  return { asked: server.asked, client: new WhatsFlow({ apiKey, baseUrl: server.url }) };
}

describe("a list with pages", () => {
  it("resolves to one page, which leads to the next", async () => {
    const { client, asked } = await startClient(
      page(["a", "b"], "2", { page: 1, total: 3, pages: 2 }),
      page(["c"], null),
    );
    const first = await client.messages.list({ page: 1, limit: 2, contact_id: "contact_1" });
    expect(first.items.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(first.info).toEqual({ page: 1, limit: 2, total: 3, pages: 2, next_cursor: "2" });
    const second = await first.next();
    expect(second?.items.map(({ id }) => id)).toEqual(["c"]);
    expect(await second?.next()).toBeNull();
    expect(asked.map(({ url }) => url.split("?")[1])).toEqual([
      "page=1&limit=2&contact_id=contact_1",
      "limit=2&contact_id=contact_1&cursor=2",
    ]);
  });

  it("is walked to its end, item by item", async () => {
    const { client, asked } = await startClient(page(["a", "b"], "2"), page([], "3"), page(["c"], null));
    const ids: string[] = [];
    for await (const { id } of client.messages.list()) ids.push(id);
    expect(ids).toEqual(["a", "b", "c"]);
    expect(asked).toHaveLength(3);
  });

  it("is walked from any page, again and again", async () => {
    const { client } = await startClient(page(["a"], "2"), page(["b"], null));
    const first = await client.messages.list();
    for (const _ of [1, 2]) {
      const ids: string[] = [];
      for await (const { id } of first) ids.push(id);
      expect(ids).toEqual(["a", "b"]);
    }
  });

  it("asks for no more than is walked", async () => {
    const { client, asked } = await startClient(page(["a", "b"], "2"), page(["c"], null));
    for await (const { id } of client.messages.list()) if (id === "a") break;
    expect(asked).toHaveLength(1);
  });

  it("has one shape where pagination stands inside data", async () => {
    const { client } = await startClient(
      { json: { success: true, data: { contacts: [{ id: "a" }], pagination: { limit: 1, next_cursor: "2" } } } },
      { json: { success: true, data: { contacts: [{ id: "b" }], pagination: { limit: 1, next_cursor: null } } } },
    );
    const first = await client.contacts.list();
    expect(first.items).toEqual([{ id: "a" }]);
    expect(first.info).toEqual({ limit: 1, next_cursor: "2" });
    expect((await first.next())?.items).toEqual([{ id: "b" }]);
  });

  it("passes an error on, from the first page or a later one", async () => {
    const missing: Answer = { status: 404, json: { code: "not_found", message: "No such webhook" } };
    const { client } = await startClient(missing);
    await expect(client.webhooks.deliveries("webhook_1")).rejects.toMatchObject({ code: "not_found" });
    const { client: other } = await startClient(page(["a"], "2"), missing);
    const walk = async () => {
      for await (const _ of other.webhooks.deliveries("webhook_1"));
    };
    await expect(walk()).rejects.toMatchObject({ code: "not_found" });
  });

  it("does not turn in a circle", async () => {
    const { client } = await startClient(page(["a"], "2"), page(["b"], "2"));
    const walk = async () => {
      for await (const _ of client.messages.list());
    };
    await expect(walk()).rejects.toThrow("the same page");
  });
});
