/** What every adapter has to do alike, in the real frameworks and over real HTTP. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { oncePerDelivery, type WebhookContext, type WebhookEvent } from "../src/webhooks/index.js";
import {
  type Delivery,
  delivery,
  messageReceived,
  OTHER_SECRET,
  ownScheme,
  post,
  postChunked,
  postCutOff,
  SECRET,
  standardScheme,
} from "./deliveries.js";
import { RECEIVERS } from "./receivers.js";

const SECOND_MS = 1000;
const ago = (seconds: number): Date => new Date(Date.now() - seconds * SECOND_MS);

/** Fastify adds the charset. */
const JSON_TYPE = expect.stringMatching(/^application\/json(; charset=utf-8)?$/);

/** Keeps what it is given. */
function inbox() {
  const received: [WebhookEvent, WebhookContext][] = [];
  return { received, onEvent: (...given: [WebhookEvent, WebhookContext]) => void received.push(given) };
}

/** A delivery whose body has exactly that many bytes. */
function deliveryOf(bytes: number): Promise<Delivery> {
  const event = messageReceived("");
  const length = Buffer.byteLength(JSON.stringify(event));
  return delivery({ body: JSON.stringify({ ...event, data: { ...event.data, message: "x".repeat(bytes - length) } }) });
}

describe.each(RECEIVERS)("$name", ({ start, wrongMethod, parsesFirst }) => {
  it("hands on an event that is rightly signed by Standard Webhooks, and answers 200", async () => {
    const { received, onEvent } = inbox();
    const url = await start({ secret: SECRET, onEvent });
    const event = messageReceived();
    const signed = await delivery({ body: JSON.stringify(event), id: "delivery_1" });
    const renamed = { ...signed, headers: { ...signed.headers, "X-Webhook-Delivery-Id": "delivery_2" } };
    for (const request of [signed, standardScheme(signed), renamed]) {
      const { status, headers, text } = await post(url, request);
      expect([status, headers.get("Content-Type"), text]).toEqual([200, JSON_TYPE, '{"received":true}']);
    }
    expect(received).toEqual(Array(3).fill([event, { deliveryId: "delivery_1" }]));
  });

  it("refuses a recorded delivery whose signed id and time were taken off", async () => {
    const { received, onEvent } = inbox();
    const url = await start({ secret: SECRET, onEvent });
    const { status, text } = await post(url, ownScheme(await delivery()));
    expect([status, JSON.parse(text)]).toEqual([401, expect.objectContaining({ reason: "missing_header" })]);
    expect(received).toEqual([]);
  });

  it("takes X-Webhook-Signature alone where strict is off, but a recorded delivery once, whatever its headers", async () => {
    const { received, onEvent } = inbox();
    const url = await start({ secret: SECRET, onEvent: oncePerDelivery(onEvent), strict: false });
    const event = messageReceived();
    const recorded = await delivery({ body: JSON.stringify(event), id: "delivery_1" });
    const { body, headers } = ownScheme(recorded);
    const copies = ["delivery_1", "delivery_2", ""].map((id) => ({ ...headers, "X-Webhook-Delivery-Id": id }));
    for (const request of [recorded, standardScheme(recorded), ...copies.map((each) => ({ body, headers: each }))])
      expect((await post(url, request)).status).toBe(200);
    const deliveryId = `body_${createHash("sha256").update(body).digest("hex")}`;
    expect(received).toEqual([[event, { deliveryId }]]);
    expect((await post(url, ownScheme(await delivery({ body: JSON.stringify(messageReceived("Next")) })))).status).toBe(
      200,
    );
    expect(received).toHaveLength(2);
  });

  it("puts a body together that comes in pieces", async () => {
    const { received, onEvent } = inbox();
    const url = await start({ secret: SECRET, onEvent });
    const event = messageReceived("😀".repeat(5_000));
    expect(await postChunked(url, await delivery({ body: JSON.stringify(event) }))).toMatchObject({ status: 200 });
    expect(received.map(([given]) => given)).toEqual([event]);
  });

  it("answers what does not verify with 401 and the reason, and tells nobody of it", async () => {
    const { received, onEvent } = inbox();
    const url = await start({ secret: SECRET, onEvent, strict: false });
    const genuine = await delivery();
    const { body, headers } = genuine;
    const refused: Record<string, Delivery[]> = {
      bad_signature: [
        { body: body.replace("Grüße", "Grusse"), headers },
        { ...ownScheme(genuine), body: body.replace("Grüße", "Grusse") },
        await delivery({ secret: OTHER_SECRET }),
        ownScheme(await delivery({ secret: OTHER_SECRET })),
        { body, headers: { ...headers, "webhook-id": "delivery_2" } },
      ],
      missing_header: [
        { body, headers: { "Content-Type": "application/json" } },
        { body, headers: { ...headers, "webhook-timestamp": "" } },
      ],
      bad_header: [{ body, headers: { ...headers, "webhook-timestamp": "now" } }],
      stale: [
        await delivery({ timestamp: ago(600) }),
        ownScheme(
          await delivery({ body: JSON.stringify({ ...messageReceived(), timestamp: "2020-01-01T00:00:00.000Z" }) }),
        ),
      ],
      bad_body: [await delivery({ body: "[]" }), await delivery({ body: '{"event":1}' })],
    };
    const answers = new Set<string>();
    for (const [reason, deliveries] of Object.entries(refused)) {
      for (const request of deliveries) {
        const { status, headers, text } = await post(url, request);
        expect([status, headers.get("Content-Type"), text]).toEqual([401, JSON_TYPE, expect.any(String)]);
        const answer: unknown = JSON.parse(text);
        const message = expect.stringMatching(/^[A-Za-z][^{}]{10,100}$/);
        expect(answer).toEqual({ error: "webhook_verification_failed", reason, message });
        answers.add(text);
      }
    }
    expect(received).toEqual([]);
    for (const { headers } of Object.values(refused).flat()) {
      const signatures = Object.entries(headers).flatMap(([name, value]) => (/signature/i.test(name) ? [value] : []));
      for (const secret of [SECRET, OTHER_SECRET, "94771234567", ...signatures])
        for (const answer of answers) expect(answer).not.toContain(secret);
    }
  });

  it("refuses what is no JSON in UTF-8", async () => {
    const { received, onEvent } = inbox();
    const url = await start({ secret: SECRET, onEvent });
    for (const body of ["", "{", "hello"]) {
      const { status, text } = await post(url, await delivery({ body }));
      expect(received).toEqual([]);
      if (parsesFirst && status === 400) continue;
      expect([status, JSON.parse(text)]).toEqual([401, expect.objectContaining({ reason: "bad_body" })]);
    }
  });

  it("takes requests of any Content-Type: the signature alone decides", async () => {
    const { received, onEvent } = inbox();
    const url = await start({ secret: SECRET, onEvent });
    const { body, headers } = await delivery();
    await post(url, { body, headers: { ...headers, "Content-Type": "text/plain" } });
    await post(url, { body, headers: { ...headers, "Content-Type": "text/plain", "webhook-id": "other" } });
    expect(received).toHaveLength(1);
  });

  it("accepts both secrets while one replaces the other, whichever of them it knows", async () => {
    const both = await delivery({ secret: [SECRET, OTHER_SECRET] });
    for (const secret of [SECRET, OTHER_SECRET, [OTHER_SECRET, SECRET]]) {
      const { received, onEvent } = inbox();
      const url = await start({ secret, onEvent });
      expect((await post(url, both)).status).toBe(200);
      expect(received).toHaveLength(1);
    }
    const url = await start({ secret: () => Promise.resolve([OTHER_SECRET, SECRET]), onEvent: inbox().onEvent });
    for (const secret of [SECRET, OTHER_SECRET]) expect((await post(url, await delivery({ secret }))).status).toBe(200);
  });

  it("answers 413 to a body that is too large, however it comes, and serves on", async () => {
    const { received, onEvent } = inbox();
    const url = await start({ secret: SECRET, onEvent, maxBodyBytes: 1000 });
    const large = await deliveryOf(1001);
    const { status, text } = await post(url, large);
    const answer = { error: "body_too_large", message: "The body is larger than 1000 bytes" };
    expect([status, JSON.parse(text)]).toEqual([413, answer]);
    const chunked = await postChunked(url, large, 100);
    expect([chunked.status, JSON.parse(chunked.text)]).toEqual([413, answer]);
    expect(received).toEqual([]);
    expect((await post(url, await deliveryOf(1000))).status).toBe(200);
    expect((await postChunked(url, await deliveryOf(1000), 100)).status).toBe(200);
    expect(received).toHaveLength(2);
  });

  it("refuses a compressed body, and says so", async () => {
    const { received, onEvent } = inbox();
    const url = await start({ secret: SECRET, onEvent });
    const { body, headers } = await delivery();
    const request = { body: gzipSync(body), headers: { ...headers, "Content-Encoding": "gzip" } };
    const { status, text } = await post(url, request);
    expect(received).toEqual([]);
    if (!parsesFirst || status !== 400) expect([status, JSON.parse(text).error]).toEqual([415, "encoded_body"]);
    const identity = { body, headers: { ...headers, "Content-Encoding": "identity" } };
    expect((await post(url, identity)).status).toBe(200);
  });

  it("survives a request that is cut off, and hands nothing on", async () => {
    const { received, onEvent } = inbox();
    const url = await start({ secret: SECRET, onEvent });
    const cut = await delivery();
    await postCutOff(url, cut);
    expect(received).toEqual([]);
    expect((await post(url, cut)).status).toBe(200);
  });

  it("answers 500 when onEvent fails, so that the event comes again", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const { received, onEvent } = inbox();
    let failures = 1;
    const url = await start({
      secret: SECRET,
      onEvent: async (event, context) => {
        if (failures-- > 0) throw new Error("no room");
        onEvent(event, context);
      },
    });
    const again = await delivery();
    expect((await post(url, again)).status).toBe(500);
    expect((await post(url, again)).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it("answers 409 to a delivery that is being processed, 200 to one that was, and processes it once", async () => {
    const { received, onEvent } = inbox();
    let begun = () => {};
    let finish = () => {};
    const running = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const once = oncePerDelivery(async (event, context) => {
      begun();
      await finished;
      onEvent(event, context);
    });
    const url = await start({ secret: SECRET, onEvent: once });
    const twice = await delivery();
    const first = post(url, twice);
    await running;
    const { status, headers, text } = await post(url, twice);
    expect([status, headers.get("Retry-After"), JSON.parse(text).error]).toEqual([409, "1", "delivery_in_progress"]);
    finish();
    expect((await first).status).toBe(200);
    expect((await post(url, twice)).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it("has nothing for a GET", async () => {
    const url = await start({ secret: SECRET, onEvent: inbox().onEvent });
    const response = await fetch(url);
    expect(response.status).toBe(wrongMethod);
    if (wrongMethod === 405) expect(response.headers.get("Allow")).toBe("POST");
  });

  it.each([undefined, "", [], "whsec_"])("does not start with %j for a secret", async (secret) => {
    await expect(start({ secret, onEvent: inbox().onEvent })).rejects.toThrow("secret is missing");
  });

  it("does not start with a secret that was copied badly", async () => {
    await expect(start({ secret: `whsec_${SECRET}`, onEvent: inbox().onEvent })).rejects.toThrow("as it was shown");
  });
});
