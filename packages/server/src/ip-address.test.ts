import { describe, expect, it } from "vitest";
import { isWithin, parseAddress, parseBlock } from "./ip-address.js";

describe("parseAddress", () => {
  it.each([
    ["10.0.0.1", "10.0.0.1"],
    ["::ffff:10.0.0.1", "10.0.0.1"],
    ["::FFFF:a00:1", "10.0.0.1"],
    ["::10.0.0.1", "::a00:1"],
    ["::8.8.8.8", "::808:808"],
    ["64:ff9b::10.0.0.1", "64:ff9b::a00:1"],
    ["fe80::1%eth0", "fe80::1"],
    ["fe80::1%br-1.2", "fe80::1"],
    ["::ffff:127.0.0.1%lo", "127.0.0.1"],
  ])("takes %s for %s", (text, address) => expect(parseAddress(text)?.toString()).toBe(address));

  it.each([
    "",
    "10",
    "127.1",
    "010.0.0.1",
    "0x7f.0.0.1",
    "1.2.3.4.",
    "[::1]",
    "::1/128",
    "1::2::3",
    "::1%",
    "localhost",
  ])("does not guess what %j is", (text) => expect(parseAddress(text)).toBeUndefined());
});

describe("parseBlock", () => {
  it.each([
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["10.1.2.3", "10.1.2.3/32"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["::1", "::1/128"],
    ["fd00::/8", "fd00::/8"],
    ["::/0", "::/0"],
    ["::ffff:10.0.0.0/104", "10.0.0.0/8"],
    ["::ffff:0:0/96", "0.0.0.0/0"],
    ["::ffff:10.0.0.1", "10.0.0.1/32"],
    ["::10.0.0.0/104", "::a00:0/104"],
  ])("takes %s for %s", (text, block) => expect(parseBlock(text)?.join("/")).toBe(block));

  it.each([
    "10.0.0.0/33",
    "::/129",
    "::ffff:0:0/95",
    "10.1/16",
    "010.0.0.0/8",
    "10.0.0.0/",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
  ])("refuses %s", (text) => expect(parseBlock(text)).toBeUndefined());
});

it("an address is within the blocks of its own kind", () => {
  const within = (address: string, ...blocks: string[]) => {
    const parsed = parseAddress(address);
    return (
      parsed &&
      isWithin(
        parsed,
        blocks.map(parseBlock).filter((block) => block !== undefined),
      )
    );
  };
  expect(within("::ffff:10.1.2.3", "10.0.0.0/8")).toBe(true);
  expect(within("10.1.2.3", "::ffff:10.0.0.0/104")).toBe(true);
  expect(within("10.1.2.3", "::/0", "11.0.0.0/8")).toBe(false);
  expect(within("::a01:203", "10.0.0.0/8")).toBe(false);
  expect(within("fe80::1%eth0", "fe80::/10")).toBe(true);
});
