/** Headers that are missing, or written otherwise; and `X-Webhook-Signature` alone, where a verifier takes it. */
import { createHmac } from "node:crypto";
import {
  BODY,
  bytesOf,
  DAY,
  EVENT,
  keyOf,
  kindOf,
  macOf,
  NOW,
  OTHER_SECRET,
  reference,
  SECRET,
  SHORT_SECRET,
  signatureOf,
  standard,
  UNPADDED_SECRET,
  type Vector,
  without,
  withText,
} from "./vector.js";

const { refused, valid } = kindOf("headers");
const GOOD = standard(BODY);

const missing: Vector[] = [
  refused("no header at all", "missing_header", { headers: {} }),
  ...Object.keys(GOOD).flatMap((name) => [
    refused(`no ${name}`, "missing_header", { headers: without(GOOD, name) }),
    refused(`an empty ${name}`, "missing_header", { headers: { ...GOOD, [name]: "" } }),
  ]),
  refused("an empty webhook-id that was signed as such", "missing_header", { headers: standard(BODY, { id: "" }) }),
  refused("no webhook-id, signed as the word undefined", "missing_header", {
    headers: without(standard(BODY, { id: "undefined" }), "webhook-id"),
  }),
];

/** All are rightly signed: only their form is wrong. */
const ODD_TIMESTAMPS: [name: string, timestamp: string, optional?: true][] = [
  ["no number", "now"],
  ["negative", `-${NOW}`],
  ["with a plus", `+${NOW}`],
  ["with a fraction", `${NOW}.0`],
  ["with an exponent", "1.7601786e9"],
  ["hexadecimal", `0x${NOW.toString(16)}`],
  ["in milliseconds", `${NOW}000`],
  ["of 20 digits", "9".repeat(20)],
  ["of 400 digits", "9".repeat(400)],
  ["NaN", "NaN"],
  ["a date", "2025-10-11T10:30:00Z"],
  ["in Arabic digits", String(NOW).replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))],
  ["there twice", `${NOW}, ${NOW}`],
  ["with letters behind it", `${NOW}abc`],
  ["with a line feed behind it", `${NOW}\n`],
  ["with a space before it", ` ${NOW}`, true],
  ["with a space behind it", `${NOW} `, true],
];
const timestamps: Vector[] = [
  ...ODD_TIMESTAMPS.map(([name, timestamp, optional]) =>
    refused(`a timestamp ${name}`, "bad_header", {
      headers: standard(BODY, { timestamp }),
      ...(optional ? { optional, comment: "HTTP takes it away before a program sees it" } : {}),
    }),
  ),
  valid("a timestamp with zeros before it, which were signed too", {
    headers: standard(BODY, { timestamp: `00${NOW}` }),
    optional: true,
    comment: "What was signed is the text",
  }),
];

const mac = macOf(BODY);
const base64 = mac.toString("base64");
/** An id whose signature has both characters that base64 for addresses writes otherwise. */
const otherAlphabetId = Array.from({ length: 1000 }, (_, index) => `delivery_${index}`).find((id) =>
  /\+.*\/|\/.*\+/.test(signatureOf(BODY, { id })),
);
const otherAlphabet = standard(BODY, { id: otherAlphabetId });
const ODD_SIGNATURES: [name: string, signature: string, optional?: true][] = [
  ["without v1,", base64],
  ["without a version", `,${base64}`],
  ["v1 alone", "v1"],
  ["a comma alone", ","],
  ["a space alone", " "],
  ["with = for the comma", `v1=${base64}`],
  ["with a space behind the comma", `v1, ${base64}`],
  ["in quotes", `"v1,${base64}"`],
  ["in hex", `v1,${mac.toString("hex")}`],
  ["in lower case", `v1,${base64.toLowerCase()}`],
  ["with a character beyond ASCII", `v1,${base64.slice(0, -1)}é`],
  ["a lone character beyond ASCII", "é"],
  ["without padding", `v1,${base64.replace("=", "")}`, true],
  ["with too much padding", `v1,${base64}=`, true],
];
const signatures: Vector[] = [
  ...ODD_SIGNATURES.map(([name, signature, optional]) =>
    refused(`a signature ${name}`, "bad_signature", {
      headers: { ...GOOD, "webhook-signature": signature },
      ...(optional ? { optional, comment: "A verifier that decodes it before it compares may accept it" } : {}),
    }),
  ),
  refused("a signature in base64 for addresses", "bad_signature", {
    headers: {
      ...otherAlphabet,
      "webhook-signature": signatureOf(BODY, { id: otherAlphabetId }).replaceAll("+", "-").replaceAll("/", "_"),
    },
    optional: true,
    comment: "A verifier that decodes it before it compares may accept it",
  }),
];

const alone = kindOf("reference");
const hex = createHmac("sha256", SECRET).update(BODY).digest("hex");
const value = (signature: string) => ({ "x-webhook-signature": signature });
const at = (offset: number) => ({ headers: reference(BODY), strict: false, now: NOW + offset });
const untimed = bytesOf({ ...EVENT, timestamp: "yesterday" });

const referenceAlone: Vector[] = [
  alone.valid("X-Webhook-Signature alone", at(0)),
  ...[-4 * DAY, 4 * DAY].map((offset) =>
    alone.valid(`of an event four days ${offset > 0 ? "ago" : "ahead"}`, at(offset)),
  ),
  ...[-4 * DAY - 1, 4 * DAY + 1].map((offset) =>
    alone.refused(`of an event four days and a second ${offset > 0 ? "ago" : "ahead"}`, "stale", at(offset)),
  ),
  alone.refused("of an event without a time", "stale", { body: untimed, headers: reference(untimed), strict: false }),
  alone.valid("with the second of two secrets", { ...at(0), secrets: [OTHER_SECRET, SECRET] }),
  ...[SHORT_SECRET, UNPADDED_SECRET].map((secret) =>
    alone.valid(`with ${secret}`, { headers: reference(BODY, secret), secrets: [secret], strict: false }),
  ),
  alone.refused("with another secret", "bad_signature", {
    headers: reference(BODY, OTHER_SECRET),
    strict: false,
  }),
  alone.refused("of another body", "bad_signature", {
    body: bytesOf(withText("Hi, I need hell")),
    headers: reference(BODY),
    strict: false,
  }),
  alone.refused("of what is no event", "bad_body", {
    body: bytesOf("{}"),
    headers: reference(bytesOf("{}")),
    strict: false,
  }),
  alone.refused("empty", "missing_header", { headers: value(""), strict: false }),
  ...Object.entries({
    "without sha256=": hex,
    "sha256= alone": "sha256=",
    "in capitals": `sha256=${hex.toUpperCase()}`,
    "cut off": `sha256=${hex.slice(0, -2)}`,
    "in base64": `sha256=${Buffer.from(hex, "hex").toString("base64")}`,
    "made with SHA-1": `sha1=${createHmac("sha1", SECRET).update(BODY).digest("hex")}`,
    "called sha1=": `sha1=${hex}`,
    "keyed with the bytes behind whsec_": `sha256=${createHmac("sha256", keyOf(SECRET)).update(BODY).digest("hex")}`,
    "with a character beyond ASCII": `sha256=${hex.slice(0, -1)}é`,
  }).map(([name, signature]) =>
    alone.refused(`X-Webhook-Signature ${name}`, "bad_signature", {
      headers: value(signature),
      strict: false,
      ...(name === "in capitals"
        ? { optional: true, comment: "A verifier that decodes it before it compares may accept it" }
        : {}),
    }),
  ),
];

export const oddHeaders: Vector[] = [...missing, ...timestamps, ...signatures, ...referenceAlone];
