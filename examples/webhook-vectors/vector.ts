/** What a vector is made of. Signed with plain node:crypto from the words of docs/webhooks.md, with nothing of the SDK. */
import { createHmac } from "node:crypto";

export type Code = "missing_header" | "bad_header" | "bad_signature" | "stale" | "bad_body";
export type Headers = Record<string, string>;

export interface Vector {
  name: string;
  kind: string;
  /** Why it is so, where the name does not tell. */
  comment?: string;
  body_base64: string;
  headers: Headers;
  secrets: string[];
  now: number;
  strict: boolean;
  valid: boolean;
  /** Of a valid one: the `event` that its body holds. */
  event?: string;
  /** Of another: why the SDK refuses it. */
  code?: Code;
  /** Another answer does no harm: whoever holds the secret made it, or nothing was changed but a way of writing. */
  optional?: true;
}

/** 2025-10-11T10:30:00Z, when everything is signed and received unless a vector says otherwise. */
export const NOW = 1_760_178_600;
export const DAY = 24 * 60 * 60;
export const ID = "delivery_0mh9x0f2k3v8q1w7z5c4b6n2a";

const secretOf = (bytes: Uint8Array) => `whsec_${Buffer.from(bytes).toString("base64")}`;
const counting = (length: number, from = 1) => Uint8Array.from({ length }, (_, index) => from + index);
/** As the server makes them: 33 bytes, so 44 characters and no padding. */
export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";
export const OTHER_SECRET = "whsec_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR";
export const PADDED_SECRET = secretOf(counting(32));
export const UNPADDED_SECRET = PADDED_SECRET.replace("=", "");
export const SHORT_SECRET = secretOf(Buffer.from("secret!"));
/** Longer than a block of SHA-256, so that HMAC hashes it first. */
export const LONG_SECRET = secretOf(counting(96, 100));
/** Plus and slash, which base64 for addresses writes otherwise. */
export const PLUS_AND_SLASH_SECRET = secretOf(Uint8Array.from({ length: 33 }, (_, index) => (index % 2 ? 0xef : 0xfb)));

export const EVENT = {
  event: "message.received",
  timestamp: "2025-10-11T10:30:00.000Z",
  data: {
    message_id: "msg_abc123",
    contact_id: "contact_xyz789",
    phone_number: "+94771234567",
    contact_name: "John Doe",
    message: "Hi, I need help",
    message_type: "text",
    device_id: "device_123",
    device_name: "Main Line",
    created_at: "2025-10-11T10:30:00.000Z",
  },
};
export const withText = (message: string) => ({ ...EVENT, data: { ...EVENT.data, message } });
export const bytesOf = (body: string | object): Buffer =>
  Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
export const BODY = bytesOf(EVENT);

export interface Signing {
  id?: string;
  timestamp?: number | string;
  secret?: string;
}

export const keyOf = (secret: string): Buffer => Buffer.from(secret.slice("whsec_".length), "base64");
const hmac = (key: Buffer | string, signed: Buffer): Buffer => createHmac("sha256", key).update(signed).digest();

/** What Standard Webhooks signs. */
export const signedBytes = (body: Buffer, { id = ID, timestamp = NOW }: Signing = {}): Buffer =>
  Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);

/** The 32 bytes that `webhook-signature` holds. */
export const macOf = (body: Buffer, { secret = SECRET, ...rest }: Signing = {}): Buffer =>
  hmac(keyOf(secret), signedBytes(body, rest));

export const signatureOf = (body: Buffer, signing: Signing = {}): string =>
  `v1,${macOf(body, signing).toString("base64")}`;

export const standard = (body: Buffer, signing: Signing = {}): Headers => ({
  "webhook-id": signing.id ?? ID,
  "webhook-timestamp": String(signing.timestamp ?? NOW),
  "webhook-signature": signatureOf(body, signing),
});

export const reference = (body: Buffer, secret = SECRET): Headers => ({
  "x-webhook-signature": `sha256=${hmac(secret, body).toString("hex")}`,
});

export const without = (headers: Headers, ...names: string[]): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));

interface Given {
  body?: Buffer;
  headers?: Headers;
  secrets?: string[];
  now?: number;
  strict?: boolean;
  comment?: string;
  optional?: true;
}

function vector(kind: string, name: string, given: Given): Omit<Vector, "valid"> {
  const { body = BODY, headers = standard(body), secrets = [SECRET], now = NOW, strict = true } = given;
  const { comment, optional } = given;
  return {
    name,
    kind,
    ...(comment === undefined ? {} : { comment }),
    body_base64: body.toString("base64"),
    headers,
    secrets,
    now,
    strict,
    ...(optional === undefined ? {} : { optional }),
  };
}

/** The two makers of one kind: of what is taken, with the event that it holds, and of what is refused. */
export const kindOf = (kind: string) => ({
  valid: (name: string, given: Given & { event?: string } = {}): Vector => ({
    ...vector(kind, name, given),
    valid: true,
    event: given.event ?? EVENT.event,
  }),
  refused: (name: string, code: Code, given: Given): Vector => ({ ...vector(kind, name, given), valid: false, code }),
});
