import { createHmac } from "node:crypto";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, it } from "vitest";
import { type SignOptions, signWebhook, verifyWebhook } from "./index.js";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";
const OTHER = "whsec_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR";
const EVENT = {
  event: "webhook.test",
  timestamp: "2025-10-11T10:30:00.000Z",
  data: { webhook_id: "webhook_abc123", message: "Grüße 😀 \u2028" },
} as const;

describe("signWebhook", () => {
  it("makes what the server would send", async () => {
    const timestamp = new Date("2025-10-11T10:30:00.999Z");
    const signed = await signWebhook({ event: EVENT, secret: SECRET, id: "delivery_1", timestamp });
    expect(signed.body).toBe(JSON.stringify(EVENT));
    expect(signed.headers).toEqual({
      "Content-Type": "application/json",
      "User-Agent": "WhatsFlow-Webhooks/1.0",
      "X-Webhook-Event": "webhook.test",
      "X-Webhook-Signature": `sha256=${createHmac("sha256", SECRET).update(signed.body).digest("hex")}`,
      "X-Webhook-Delivery-Id": "delivery_1",
      "webhook-id": "delivery_1",
      "webhook-timestamp": "1760178600",
      "webhook-signature": expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
    });
  });

  it("draws an id for each delivery", async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => (await signWebhook({ event: EVENT, secret: SECRET })).headers["webhook-id"]),
    );
    expect(ids[0]).toMatch(/^delivery_[0-9a-z]+$/);
    expect(ids[1]).not.toBe(ids[0]);
  });

  it("signs a body as it is, even if it is no event", async () => {
    const now = new Date();
    for (const body of ["", "{ }", "null", '{"event":"a\\nb"}']) {
      const signed = await signWebhook({ body, secret: SECRET });
      expect(signed.body).toBe(body);
      expect(signed.headers["X-Webhook-Event"]).toBe("unknown");
      await expect(verifyWebhook({ ...signed, secret: SECRET, now })).rejects.toMatchObject({ code: "bad_body" });
    }
  });

  it("signs with each of several secrets", async () => {
    const signed = await signWebhook({ event: EVENT, secret: [SECRET, OTHER] });
    for (const secret of [SECRET, OTHER]) expect(await verifyWebhook({ ...signed, secret })).toEqual(EVENT);
  });

  it.each(["", [], "whsec_", "whsec_not base64", "whsec_a_b", "whsec_abcde"])(
    "refuses %j as a secret",
    async (secret) => {
      const options: SignOptions = { event: EVENT, secret };
      await expect(signWebhook(options)).rejects.toThrow(TypeError);
    },
  );
});

describe("other libraries", () => {
  it("verify what is signed here", async () => {
    const { body, headers } = await signWebhook({ event: EVENT, secret: SECRET });
    expect(new StandardWebhook(SECRET).verify(body, headers)).toEqual(EVENT);
    expect(() => new SvixWebhook(SECRET).verify(body, headers)).not.toThrow();
    expect(() => new StandardWebhook(OTHER).verify(body, headers)).toThrow();
    expect(() => new SvixWebhook(OTHER).verify(body, headers)).toThrow();
  });

  it("find one of several signatures", async () => {
    const { body, headers } = await signWebhook({ event: EVENT, secret: [OTHER, SECRET] });
    expect(() => new StandardWebhook(SECRET).verify(body, headers)).not.toThrow();
    expect(() => new SvixWebhook(SECRET).verify(body, headers)).not.toThrow();
  });

  it.each([
    ["standardwebhooks", new StandardWebhook(SECRET)],
    ["svix", new SvixWebhook(SECRET)],
  ])("sign what is verified here: %s", async (_, webhook) => {
    const body = JSON.stringify(EVENT);
    const now = new Date();
    const headers = {
      "webhook-id": "delivery_1",
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": webhook.sign("delivery_1", now, body),
    };
    expect(await verifyWebhook({ body, headers, secret: SECRET })).toEqual(EVENT);
  });
});
