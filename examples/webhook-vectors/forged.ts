/** What was changed after it was signed, or signed in another way. */
import { createHash, createHmac } from "node:crypto";
import {
  BODY,
  bytesOf,
  EVENT,
  ID,
  keyOf,
  kindOf,
  macOf,
  NOW,
  OTHER_SECRET,
  reference,
  SECRET,
  signatureOf,
  signedBytes,
  standard,
  type Vector,
  withText,
} from "./vector.js";

const { refused } = kindOf("tampered");
const GOOD = standard(BODY);
const TEXT = BODY.toString();

/** One bit of one byte is another. */
function flip(bytes: Buffer, place: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
  return changed;
}

const bodies: Vector[] = Object.entries({
  "one bit of its first byte": flip(BODY, 0),
  "one bit of its last byte": flip(BODY, BODY.length - 1),
  "one letter": bytesOf(withText("Hi, I need hell")),
  "the case of one letter": bytesOf(withText("hi, I need help")),
  "the number": bytesOf(TEXT.replace("+94771234567", "+12025550100")),
  "its end cut off": BODY.subarray(0, -1),
  "all of it cut off": Buffer.alloc(0),
  "a space at its end": bytesOf(`${TEXT} `),
  "a line feed at its end": bytesOf(`${TEXT}\n`),
  "a NUL at its end": bytesOf(`${TEXT}\u0000`),
  "itself once more at its end": bytesOf(TEXT + TEXT),
  "a key once more, with another value": bytesOf(`${TEXT.slice(0, -1)},"event":"message.failed"}`),
  "the body of another delivery": bytesOf(withText("Good morning")),
}).map(([name, body]) => refused(`body: ${name}`, "bad_signature", { body, headers: GOOD }));

const ids: Vector[] = Object.entries({
  "another one": "delivery_0mh9x0f2k3v8q1w7z5c4b6n2b",
  "in capitals": ID.toUpperCase(),
  "cut off": ID.slice(0, -1),
  "with a dot at its end": `${ID}.`,
}).map(([name, id]) => refused(`id: ${name}`, "bad_signature", { headers: { ...GOOD, "webhook-id": id } }));

const stamps: Vector[] = [
  refused("timestamp: one second later", "bad_signature", {
    headers: { ...GOOD, "webhook-timestamp": String(NOW + 1) },
  }),
  refused("timestamp: a recording with the time of today", "bad_signature", {
    headers: { ...standard(BODY, { timestamp: NOW - 3600 }), "webhook-timestamp": String(NOW) },
  }),
  refused("timestamp: zeros before it, which were not signed", "bad_signature", {
    headers: { ...GOOD, "webhook-timestamp": `00${NOW}` },
  }),
];

const moved = standard(BODY, { id: `delivery_1.${NOW}`, timestamp: NOW + 60 });
const boundaries: Vector[] = [
  refused("the end of the id taken for the timestamp", "bad_body", {
    body: Buffer.concat([Buffer.from(`${NOW + 60}.`), BODY]),
    headers: { ...moved, "webhook-id": "delivery_1", "webhook-timestamp": String(NOW) },
    comment: "The signed bytes are the same, so the signature is right. What is left for the body is no JSON",
  }),
  refused("the timestamp taken for the end of the id", "missing_header", {
    headers: { ...GOOD, "webhook-id": `${ID}.${NOW}`, "webhook-timestamp": "" },
  }),
  refused("id and timestamp exchanged", "bad_header", {
    headers: { ...GOOD, "webhook-id": String(NOW), "webhook-timestamp": ID },
  }),
];

const base64 = macOf(BODY).toString("base64");
const bytesSigned = signedBytes(BODY);
const v1 = (bytes: Buffer) => `v1,${bytes.toString("base64")}`;
const keyed = (key: Buffer | string, bytes = bytesSigned, algorithm = "sha256") =>
  v1(createHmac(algorithm, key).update(bytes).digest());
const KEY = keyOf(SECRET);

const signatures: Vector[] = Object.entries({
  "one bit of its first byte changed": v1(flip(macOf(BODY), 0)),
  "one bit of its last byte changed": v1(flip(macOf(BODY), 31)),
  "its end cut off": `v1,${base64.slice(0, -4)}`,
  "the first half alone": v1(macOf(BODY).subarray(0, 16)),
  "four characters more": `v1,${base64}AAAA`,
  nothing: "v1,",
  "32 bytes of zero": v1(Buffer.alloc(32)),
  "of another delivery": signatureOf(BODY, { id: "delivery_1" }),
  "of another body": signatureOf(bytesOf(withText("Good morning"))),
  "made without a key": keyed(""),
  "a hash of the signed bytes": v1(createHash("sha256").update(bytesSigned).digest()),
  "a hash of key and signed bytes": v1(createHash("sha256").update(KEY).update(bytesSigned).digest()),
  "with SHA-1": keyed(KEY, bytesSigned, "sha1"),
  "with SHA-512": keyed(KEY, bytesSigned, "sha512"),
  "keyed with the whole secret as text": keyed(SECRET),
  "keyed with the text after whsec_": keyed(SECRET.slice("whsec_".length)),
  "of the body alone": keyed(KEY, BODY),
  "with the timestamp before the id": keyed(KEY, signedBytes(BODY, { id: String(NOW), timestamp: ID })),
  "without the dots": keyed(KEY, Buffer.concat([Buffer.from(`${ID}${NOW}`), BODY])),
}).map(([name, signature]) =>
  refused(`signature: ${name}`, "bad_signature", { headers: { ...GOOD, "webhook-signature": signature } }),
);

const wrong = kindOf("wrong secret");
const secrets: Vector[] = Object.entries({
  "another secret": OTHER_SECRET,
  "a secret that differs in its last character": `${SECRET.slice(0, -1)}s`,
  "a secret in other capitals": `whsec_${SECRET.slice("whsec_".length).toLowerCase()}`,
}).map(([name, secret]) => wrong.refused(name, "bad_signature", { secrets: [secret] }));

const downgrade = kindOf("downgrade");
const BOTH = { ...GOOD, ...reference(BODY) };
const STANDARD_HEADERS = Object.keys(GOOD);
const downgrades: Vector[] = [
  downgrade.refused("the Standard headers taken off", "missing_header", { headers: reference(BODY) }),
  downgrade.refused("the Standard headers emptied", "missing_header", {
    headers: { ...reference(BODY), ...Object.fromEntries(STANDARD_HEADERS.map((name) => [name, ""])) },
    strict: false,
  }),
  ...STANDARD_HEADERS.map((name) =>
    downgrade.refused(`${name} taken off, the others are there`, "missing_header", {
      headers: Object.fromEntries(Object.entries(BOTH).filter(([other]) => other !== name)),
      strict: false,
    }),
  ),
  downgrade.refused("a wrong webhook-signature beside a right X-Webhook-Signature", "bad_signature", {
    headers: { ...standard(BODY, { secret: OTHER_SECRET }), ...reference(BODY) },
    strict: false,
  }),
  downgrade.refused("an old timestamp beside a right X-Webhook-Signature", "stale", {
    headers: { ...standard(BODY, { timestamp: NOW - 3600 }), ...reference(BODY) },
    strict: false,
  }),
  downgrade.refused("a timestamp that is none beside a right X-Webhook-Signature", "bad_header", {
    headers: { ...BOTH, "webhook-timestamp": "now" },
    strict: false,
  }),
  downgrade.refused("X-Webhook-Signature's value as webhook-signature", "bad_signature", {
    headers: { ...GOOD, "webhook-signature": reference(BODY)["x-webhook-signature"] ?? "" },
  }),
];

const notAnEvent = kindOf("no event");
const noEvents: Vector[] = Object.entries({
  nothing: "",
  null: "null",
  "a list": "[]",
  "a text": '"message.received"',
  "a number": "1",
  "half an object": "{",
  "an empty object": "{}",
  "two events": `${TEXT}${TEXT}`,
  "single quotes": TEXT.replaceAll('"', "'"),
  "a comma too many": TEXT.replace("}}", "},}"),
  "no event field": JSON.stringify({ ...EVENT, event: undefined }),
  "a number as event": JSON.stringify({ ...EVENT, event: 1 }),
  "no timestamp": JSON.stringify({ ...EVENT, timestamp: undefined }),
  "a number as timestamp": JSON.stringify({ ...EVENT, timestamp: NOW }),
  "no data": JSON.stringify({ ...EVENT, data: undefined }),
  "null as data": JSON.stringify({ ...EVENT, data: null }),
  "a text as data": JSON.stringify({ ...EVENT, data: "message" }),
}).map(([name, text]) => notAnEvent.refused(`rightly signed: ${name}`, "bad_body", { body: bytesOf(text) }));

export const forged: Vector[] = [
  ...bodies,
  ...ids,
  ...stamps,
  ...boundaries,
  ...signatures,
  ...secrets,
  ...downgrades,
  ...noEvents,
];
