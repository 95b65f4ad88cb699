import type { BinaryNode } from "baileys";

/** An element of WhatsApp's binary XML: a tag, attributes, and children or bytes. */
export type Stanza = BinaryNode;

/** The server's own address. The leading `@` belongs to it. */
export const SERVER = "@s.whatsapp.net";

type Attributes = Record<string, string | number | undefined>;

/** Builds an element; attributes that are undefined are left out. */
export function element(tag: string, attributes: Attributes = {}, content?: Stanza["content"]): Stanza {
  const attrs: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) attrs[name] = String(value);
  return content === undefined ? { tag, attrs } : { tag, attrs, content };
}

/** A copy of the element with further attributes. */
export function withAttributes(stanza: Stanza, attributes: Attributes): Stanza {
  return element(stanza.tag, { ...stanza.attrs, ...attributes }, stanza.content);
}

export function children(stanza: Stanza | undefined, tag?: string): Stanza[] {
  const content = stanza?.content;
  if (!Array.isArray(content)) return [];
  return tag === undefined ? content : content.filter((item) => item.tag === tag);
}

export function findChild(stanza: Stanza | undefined, tag: string): Stanza | undefined {
  return children(stanza, tag)[0];
}

export function getChild(stanza: Stanza | undefined, tag: string): Stanza {
  const found = findChild(stanza, tag);
  if (!found) throw new Error(`expected <${tag}> in ${stanza ? describe(stanza) : "nothing"}`);
  return found;
}

export function getAttribute(stanza: Stanza, name: string): string {
  const value = stanza.attrs[name];
  if (value === undefined) throw new Error(`expected the attribute ${name} on ${describe(stanza)}`);
  return value;
}

export function getBytes(stanza: Stanza): Buffer {
  const { content } = stanza;
  if (typeof content === "string") return Buffer.from(content);
  if (content instanceof Uint8Array) return Buffer.from(content);
  throw new Error(`expected bytes in ${describe(stanza)}`);
}

/** The bytes of a child, e.g. `getChildBytes(keys, 'identity')`. */
export function getChildBytes(stanza: Stanza | undefined, tag: string): Buffer {
  return getBytes(getChild(stanza, tag));
}

/** Bytes as a big-endian number: key ids (3 bytes) and registration ids (4 bytes). */
export function toNumber(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

/** One line about an element, for error messages: attributes, and the tags inside. Never its bytes. */
export function describe(stanza: Stanza): string {
  const attributes = Object.entries(stanza.attrs).map(([name, value]) => ` ${name}="${value}"`);
  const inside = children(stanza).map((item) => `<${item.tag}>`);
  return `<${stanza.tag}${attributes.join("")}>${[...new Set(inside)].join("")}`;
}

/** WhatsApp's times are seconds. */
export function toSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

export function result(query: Stanza, content?: Stanza[]): Stanza {
  return element("iq", { from: query.attrs.to ?? SERVER, type: "result", id: getAttribute(query, "id") }, content);
}

export function failure(query: Stanza, code: number, text: string): Stanza {
  const attributes = { from: query.attrs.to ?? SERVER, type: "error", id: getAttribute(query, "id") };
  return element("iq", attributes, [element("error", { code, text })]);
}
