import { expect, it } from "vitest";
import type { Client } from "./client.js";
import { readCookie } from "./session-cookie.js";

const client = (connection: Client["connection"]): Client => ({
  address: "203.0.113.9",
  site: undefined,
  connection,
  origins: [],
  userAgent: undefined,
  port: 2152,
  unheardProxy: undefined,
});

it.each([
  ["alone", "__Host-whatsflow=token", "token"],
  ["among others", "a=b;\t__Host-whatsflow=token ; whatsflow=other", "token"],
  ["empty", "__Host-whatsflow=", undefined],
  ["after a no-break space", "\u00a0__Host-whatsflow=token", undefined],
  ["after a no-break space, before the right one", "\u00a0__Host-whatsflow=other; __Host-whatsflow=token", "token"],
  ["twice", "__Host-whatsflow=token; __Host-whatsflow=other", undefined],
  ["twice, the same", "__Host-whatsflow=token; __Host-whatsflow=token", undefined],
])("reads the token of a cookie that stands %s", (_, header, token) => {
  expect(readCookie(header, client("tls"))).toBe(token);
  expect(readCookie(header.replaceAll("__Host-", ""), client("plain"))).toBeUndefined();
});
