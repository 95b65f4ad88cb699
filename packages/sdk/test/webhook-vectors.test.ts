/** The vectors that verifiers in every language are held to, at ours: with Node's crypto, and with WebCrypto where there is none. */
import { readFileSync } from "node:fs";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";

interface Vector {
  name: string;
  kind: string;
  body_base64: string;
  headers: Record<string, string>;
  secrets: string[];
  now: number;
  strict: boolean;
  valid: boolean;
  event?: string;
  code?: string;
  optional?: true;
}

const FILE = new URL("../../../examples/webhook-vectors/vectors.json", import.meta.url);
const VECTORS: Vector[] = JSON.parse(readFileSync(FILE, "utf8"));
const titled = (vectors: Vector[]) => vectors.map((vector) => [`${vector.kind}: ${vector.name}`, vector] as const);
const bodyOf = (vector: Vector) => Buffer.from(vector.body_base64, "base64");

const names = VECTORS.map(({ kind, name }) => `${kind}: ${name}`);

it("has vectors of every kind, each under a name of its own", () => {
  expect(VECTORS.length).toBeGreaterThan(100);
  expect(VECTORS.filter(({ valid }) => valid).length).toBeGreaterThan(40);
  expect(new Set(names).size).toBe(names.length);
  const codes = ["bad_body", "bad_header", "bad_signature", "missing_header", "stale"];
  expect([...new Set(VECTORS.flatMap(({ code }) => code ?? []))].sort()).toEqual(codes);
});

const nodes = process.getBuiltinModule;
const putInPlace = (value: unknown) =>
  Object.defineProperty(process, "getBuiltinModule", { value, configurable: true, writable: true });
const hideNothing = () => putInPlace(nodes);

/** The package as a platform loads it that has this way to Node's modules. A new copy, as it keeps the keys that it imported. */
async function loadWith(getBuiltinModule: unknown) {
  vi.resetModules();
  putInPlace(getBuiltinModule);
  return import("../src/webhooks/index.js");
}

describe.each([
  ["Node's crypto", nodes, false],
  ["WebCrypto", undefined, true],
])("verifyWebhook with %s", (_, getBuiltinModule, onWebCrypto) => {
  let sdk: Awaited<ReturnType<typeof loadWith>>;
  beforeAll(async () => {
    sdk = await loadWith(getBuiltinModule);
  });
  afterAll(() => hideNothing());

  const verify = (vector: Vector) =>
    sdk.verifyWebhook({
      body: bodyOf(vector),
      headers: vector.headers,
      secret: vector.secrets,
      strict: vector.strict,
      now: new Date(vector.now * 1000),
    });

  it("runs on it", async () => {
    const sign = vi.spyOn(globalThis.crypto.subtle, "sign");
    for (const vector of VECTORS.filter(({ valid }) => valid)) await verify(vector);
    expect(sign.mock.calls.length > 0).toBe(onWebCrypto);
  });

  it.each(titled(VECTORS))("%s", async (_name, vector) => {
    const verified = verify(vector);
    if (vector.valid) {
      const event = await verified;
      expect(event.event === "$unknown" ? event.name : event.event).toBe(vector.event);
    } else {
      await expect(verified).rejects.toMatchObject({ name: "WebhookVerificationError", code: vector.code });
    }
  });
});

/** A check of the vectors: who speaks Standard Webhooks accepts each that is said to be genuine. */
describe("the libraries of Standard Webhooks", () => {
  afterEach(() => void vi.useRealTimers());
  const genuine = VECTORS.filter(({ valid, strict, optional }) => valid && strict && !optional);

  it.each(titled(genuine))("accept %s", (_name, vector) => {
    vi.useFakeTimers({ now: vector.now * 1000, toFake: ["Date"] });
    for (const Library of [StandardWebhook, SvixWebhook]) {
      const taken = vector.secrets.filter((secret) => {
        try {
          new Library(secret).verify(bodyOf(vector), vector.headers);
          return true;
        } catch {
          return false;
        }
      });
      expect(taken, Library.name).not.toEqual([]);
    }
  });
});
