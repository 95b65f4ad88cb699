/** What has to be accepted: any text, any event, any secret, and the times up to the tolerance. */
import {
  BODY,
  bytesOf,
  DAY,
  EVENT,
  kindOf,
  LONG_SECRET,
  NOW,
  OTHER_SECRET,
  PADDED_SECRET,
  PLUS_AND_SLASH_SECRET,
  reference,
  SECRET,
  SHORT_SECRET,
  signatureOf,
  standard,
  UNPADDED_SECRET,
  type Vector,
  withText,
} from "./vector.js";

const { valid } = kindOf("valid");

const TEXTS: [name: string, text: string][] = [
  ["accents and other scripts", "Grüße, ආයුබෝවන්, 你好, مرحبا"],
  ["emoji of several code points", "👋🏽 👨‍👩‍👧‍👦 🇱🇰"],
  ["everything that JSON escapes", '"\\/\b\f\n\r\t\u0000\u001f'],
  ["line separators, a byte order mark and a DEL in the text", "\u2028\u2029\ufeff\u007f"],
  ["markup, which some languages escape in JSON", "<script>alert('&')</script>"],
  ["80,000 bytes of emoji", "😀".repeat(20_000)],
];

const texts: Vector[] = [
  valid("plain text"),
  ...TEXTS.map(([name, text]) => valid(name, { body: bytesOf(withText(text)) })),
  valid("a character written as a pair of escapes", {
    body: bytesOf(JSON.stringify(EVENT).replace("help", "\\ud83d\\ude00")),
  }),
  valid("white space between the tokens, with CRLF", {
    body: bytesOf(JSON.stringify(EVENT, null, 2).replaceAll("\n", "\r\n")),
  }),
  valid("a line feed at the end", { body: bytesOf(`${JSON.stringify(EVENT)}\n`) }),
  valid("other events have other fields", {
    body: bytesOf({ event: "webhook.test", timestamp: EVENT.timestamp, data: {} }),
    event: "webhook.test",
    comment: "data is empty",
  }),
  valid("an event that nobody knows yet", {
    body: bytesOf({ ...EVENT, event: "call.received" }),
    event: "call.received",
    comment: "Accept it and ignore it",
  }),
  valid("an event named like something that every object has", {
    body: bytesOf({ ...EVENT, event: "toString" }),
    event: "toString",
  }),
  valid("a field that nobody knows yet", { body: bytesOf({ ...EVENT, trace: [1, null, true] }) }),
  valid("a key twice: the last one counts", {
    body: bytesOf(`{"event":"message.failed",${JSON.stringify(EVENT).slice(1)}`),
    optional: true,
    comment: "The server never writes one",
  }),
];

const headers: Vector[] = [
  valid("both signatures, as the server sends them", { headers: { ...standard(BODY), ...reference(BODY) } }),
  valid("X-Webhook-Signature of another secret beside a right webhook-signature", {
    headers: { ...standard(BODY), ...reference(BODY, OTHER_SECRET) },
    optional: true,
    comment: "So it is while one secret replaces another. A receiver that knows the new one alone must not check both",
  }),
  valid("an id with dots", { headers: standard(BODY, { id: "delivery.1.2" }) }),
  valid("an id that is a UUID", { headers: standard(BODY, { id: "0d5e8f2a-6b1c-4c3e-9a57-2f4d1b7c8e90" }) }),
];

const secrets: Vector[] = Object.entries({
  "base64 with padding": PADDED_SECRET,
  "base64 whose padding was left out": UNPADDED_SECRET,
  "seven bytes": SHORT_SECRET,
  "96 bytes, more than a block of SHA-256": LONG_SECRET,
  "base64 with plus and slash": PLUS_AND_SLASH_SECRET,
}).map(([name, secret]) => valid(`a secret of ${name}`, { headers: standard(BODY, { secret }), secrets: [secret] }));

const TOLERANCE = 300;
const times = kindOf("time");
const signedAt = (offset: number) => ({ headers: standard(BODY, { timestamp: NOW + offset }) });
const timed: Vector[] = [
  ...[-TOLERANCE, -TOLERANCE + 1, TOLERANCE - 1, TOLERANCE].map((offset) =>
    times.valid(`signed ${Math.abs(offset)} seconds ${offset < 0 ? "ago" : "ahead"}`, signedAt(offset)),
  ),
  ...[-TOLERANCE - 1, TOLERANCE + 1, -DAY, DAY, -365 * DAY].map((offset) =>
    times.refused(`signed ${Math.abs(offset)} seconds ${offset < 0 ? "ago" : "ahead"}`, "stale", signedAt(offset)),
  ),
  times.refused("signed in 1970", "stale", { headers: standard(BODY, { timestamp: 0 }) }),
  times.valid("an old event that is sent again, signed now", {
    body: bytesOf({ ...EVENT, timestamp: "2025-09-11T10:30:00.000Z" }),
    comment: "The attempt's time counts, not the event's",
  }),
];

const rotated = kindOf("rotation");
const [old, fresh] = [signatureOf(BODY, { secret: OTHER_SECRET }), signatureOf(BODY)];
const mac = fresh.slice("v1,".length);
const signed = (signature: string) => ({ ...standard(BODY), "webhook-signature": signature });
const rotations: Vector[] = [
  rotated.valid("two secrets, signed with the first", { secrets: [SECRET, OTHER_SECRET] }),
  rotated.valid("two secrets, signed with the second", { secrets: [OTHER_SECRET, SECRET] }),
  rotated.valid("two signatures, the second one right", { headers: signed(`${old} ${fresh}`) }),
  rotated.valid("two signatures, the first one right", { headers: signed(`${fresh} ${old}`) }),
  rotated.valid("two signatures, of a receiver that knows the old secret alone", {
    headers: signed(`${fresh} ${old}`),
    secrets: [OTHER_SECRET],
  }),
  rotated.valid("two signatures and two secrets", {
    headers: signed(`${fresh} ${old}`),
    secrets: [OTHER_SECRET, SECRET],
  }),
  rotated.valid("v1a before v1", { headers: signed(`v1a,${mac} ${fresh}`) }),
  rotated.valid("v2 after v1", { headers: signed(`${fresh} v2,${mac}`) }),
  rotated.valid("twenty wrong signatures before the right one", { headers: signed(`${`${old} `.repeat(20)}${fresh}`) }),
  rotated.refused("two signatures, none of them right", "bad_signature", {
    headers: signed(`${old} ${signatureOf(BODY, { secret: SHORT_SECRET })}`),
  }),
  rotated.refused("two secrets, none of them right", "bad_signature", { secrets: [OTHER_SECRET, SHORT_SECRET] }),
  ...["v1a", "v2", "v11", "v0", "V1"].map((version) =>
    rotated.refused(`the right signature under ${version} alone`, "bad_signature", {
      headers: signed(`${version},${mac}`),
      comment: "What another version means is not known here",
    }),
  ),
  rotated.refused("two signatures with nothing between them", "bad_signature", { headers: signed(`${old}${fresh}`) }),
  rotated.refused("two signatures with a tab between them", "bad_signature", {
    headers: signed(`${old}\t${fresh}`),
    optional: true,
  }),
];

export const genuine: Vector[] = [...texts, ...headers, ...secrets, ...timed, ...rotations];
