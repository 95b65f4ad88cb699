import { createServer } from "node:http";
import { runInNewContext } from "node:vm";
import { describe, expect, expectTypeOf, it, onTestFinished } from "vitest";
import {
  BODY,
  bytesOf,
  EVENT,
  NOW,
  OTHER,
  reference,
  refusal,
  SECRET,
  seconds,
  standard,
  verify,
} from "../../test/signed-requests.js";
import { signWebhook, type VerifyOptions, verifyWebhook, type WebhookEvent, type WebhookHeaders } from "./index.js";

describe("a genuine request", () => {
  it("gives its event, by either signature", async () => {
    expect(await verify(standard(bytesOf(BODY)))).toEqual(EVENT);
    expect(await verify(reference(bytesOf(BODY)))).toEqual(EVENT);
    expect(await verify({ ...standard(bytesOf(BODY)), ...reference(bytesOf(BODY)) })).toEqual(EVENT);
  });

  it.each<[string, VerifyOptions["body"]]>([
    ["a string", BODY],
    ["bytes", bytesOf(BODY)],
    ["a Buffer that is part of a larger one", Buffer.from(`xx${BODY}xx`).subarray(2, -2)],
    ["an ArrayBuffer", Uint8Array.from(bytesOf(BODY)).buffer],
    ["an ArrayBuffer of another realm", runInNewContext("Uint8Array.from(bytes).buffer", { bytes: bytesOf(BODY) })],
  ])("may have %s as its body", async (_, body) => {
    expect(await verify(standard(bytesOf(BODY)), { body })).toEqual(EVENT);
  });

  it("may have its headers in any form", async () => {
    const headers = { ...standard(bytesOf(BODY)), ...reference(bytesOf(BODY)) };
    const entries = Object.entries(headers);
    expect(await verify(new Headers(headers))).toEqual(EVENT);
    expect(await verify(Object.fromEntries(entries.map(([name, value]) => [name.toUpperCase(), value])))).toEqual(
      EVENT,
    );
    expect(await verify(Object.fromEntries(entries.map(([name, value]) => [name, [value]])))).toEqual(EVENT);
    expect(await verify({ ...headers, cookie: undefined, "set-cookie": ["a", "b"] })).toEqual(EVENT);
    expect(await verify({ ...headers, get: "a header like any other" })).toEqual(EVENT);
  });

  it("narrows by its name", async () => {
    const event = await verify(standard(bytesOf(BODY)));
    expectTypeOf(event).toEqualTypeOf<WebhookEvent>();
    if (event.event === "message.received") expectTypeOf(event.data.contact_id).toEqualTypeOf<string>();
    if (event.event === "device.disconnected") expectTypeOf(event.data.device_name).toEqualTypeOf<string>();
    if (event.event === "$unknown") expectTypeOf(event.data).toEqualTypeOf<unknown>();
  });

  it("may be of an event that is not known yet", async () => {
    const body = JSON.stringify({ ...EVENT, event: "call.received" });
    const { data, timestamp } = EVENT;
    const unknown = { event: "$unknown", name: "call.received", timestamp, data };
    expect(await verify(standard(bytesOf(body)), { body })).toEqual(unknown);
    const named = JSON.stringify({ ...EVENT, event: "toString" });
    expect(await verify(standard(bytesOf(named)), { body: named })).toEqual({ ...unknown, name: "toString" });
  });

  it("may be signed with any of several secrets, and several times", async () => {
    expect(await verify(standard(bytesOf(BODY)), { secret: [OTHER, SECRET] })).toEqual(EVENT);
    expect(await verify(reference(bytesOf(BODY)), { secret: [OTHER, SECRET] })).toEqual(EVENT);
    const [one, two] = [standard(bytesOf(BODY), { secret: OTHER }), standard(bytesOf(BODY))];
    const both = `v1a,xxx ${one["webhook-signature"]} ${two["webhook-signature"]}`;
    expect(await verify({ ...one, "webhook-signature": both })).toEqual(EVENT);
  });

  it("may be signed with a new secret and the old one, by a receiver that knows either", async () => {
    const [old, fresh] = [standard(bytesOf(BODY), { secret: OTHER }), standard(bytesOf(BODY))];
    // As the server sends it while one secret replaces another: the scheme of one signature keeps the old secret.
    const signed = {
      ...fresh,
      "webhook-signature": `${fresh["webhook-signature"]} ${old["webhook-signature"]}`,
      ...reference(bytesOf(BODY), OTHER),
    };
    for (const secret of [SECRET, OTHER, [SECRET, OTHER], [OTHER, SECRET]])
      expect(await verify(signed, { secret })).toEqual(EVENT);
    expect(await refusal(verify(signed, { secret: `whsec_${"B".repeat(44)}` }))).toBe("bad_signature");

    const alone = reference(bytesOf(BODY), OTHER);
    for (const secret of [OTHER, [SECRET, OTHER]]) expect(await verify(alone, { secret })).toEqual(EVENT);
    expect(await refusal(verify(alone, { secret: SECRET }))).toBe("bad_signature");
  });
});

describe("a request that is not genuine", () => {
  it("has no signature", async () => {
    expect(await refusal(verify({}))).toBe("missing_header");
    expect(await refusal(verify({ "X-Webhook-Signature": "" }))).toBe("missing_header");
  });

  it("has a signature that does not fit", async () => {
    const body = bytesOf(BODY);
    const good = standard(body);
    const signature = good["webhook-signature"];
    const wrong: WebhookHeaders[] = [
      standard(body, { secret: OTHER }),
      reference(body, OTHER),
      { ...good, "webhook-id": "delivery_2" },
      { ...good, "webhook-timestamp": String(Number(seconds(NOW)) + 1) },
      { ...good, "webhook-signature": signature.replace("v1,", "") },
      { ...good, "webhook-signature": signature.replace("v1,", "v2,") },
      { ...good, "webhook-signature": `${signature}=` },
      { ...good, "webhook-signature": "v1," },
      { "X-Webhook-Signature": reference(body)["X-Webhook-Signature"].replace("sha256=", "") },
      { "X-Webhook-Signature": reference(body)["X-Webhook-Signature"].toUpperCase() },
      { "X-Webhook-Signature": "sha256=" },
    ];
    for (const headers of wrong) expect([headers, await refusal(verify(headers))]).toEqual([headers, "bad_signature"]);
  });

  it("lost one of the Standard headers, or has a wrong one: the weaker signature does not help", async () => {
    const weaker = reference(bytesOf(BODY));
    for (const name of ["webhook-id", "webhook-timestamp", "webhook-signature"]) {
      for (const value of [undefined, ""]) {
        const headers = { ...standard(bytesOf(BODY)), ...weaker, [name]: value };
        expect(await refusal(verify(headers))).toBe("missing_header");
      }
    }
    expect(await refusal(verify({ ...standard(bytesOf(BODY), { secret: OTHER }), ...weaker }))).toBe("bad_signature");
    const old = standard(bytesOf(BODY), { timestamp: String(Number(seconds(NOW)) - 3600) });
    expect(await refusal(verify({ ...old, ...weaker }))).toBe("stale");
  });

  it.each(["", " ", "now", "1e9", "-1", "1760178600.5", "0x1", "9".repeat(13)])(
    "has %j for a timestamp",
    async (timestamp) => {
      const code = timestamp === "" ? "missing_header" : "bad_header";
      expect(await refusal(verify(standard(bytesOf(BODY), { timestamp })))).toBe(code);
    },
  );

  it("has a header twice", async () => {
    const good = standard(bytesOf(BODY));
    expect(await refusal(verify({ ...good, "webhook-id": ["a", "b"] }))).toBe("bad_header");
    expect(await refusal(verify({ ...good, "Webhook-Id": "delivery_1" }))).toBe("bad_header");
    expect(await refusal(verify({ ...good, "Webhook-Signature": "" }))).toBe("bad_header");
    expect(await refusal(verify({ "x-webhook-signature": ["", "sha256="] }))).toBe("bad_header");
  });

  it("has another body", async () => {
    const others = [`${BODY} `, BODY.replace("help", "hell"), JSON.stringify(EVENT, null, 2), ""];
    for (const body of others) {
      expect(await refusal(verify(standard(bytesOf(BODY)), { body }))).toBe("bad_signature");
      expect(await refusal(verify(reference(bytesOf(BODY)), { body }))).toBe("bad_signature");
    }
  });

  it.each([
    "",
    "null",
    "[]",
    '"a"',
    "{",
    "{}",
    '{"event":1,"timestamp":"","data":{}}',
    '{"event":"a","data":{}}',
    '{"event":"a","timestamp":""}',
  ])("is rightly signed, but %j is no event", async (body) => {
    expect(await refusal(verify(standard(bytesOf(body)), { body }))).toBe("bad_body");
    expect(await refusal(verify(reference(bytesOf(body)), { body }))).toBe("bad_body");
  });

  it("is an error of its own kind", async () => {
    await expect(verify({})).rejects.toMatchObject({ name: "WebhookVerificationError", code: "missing_header" });
  });

  it("is told with what to do about it", async () => {
    const body = bytesOf(BODY);
    const { "webhook-id": id } = standard(body);
    await expect(verify({})).rejects.toThrow("X-Webhook-Signature is missing. Pass all headers of the request.");
    for (const [headers, strict] of [[{ "webhook-id": id }, false] as const, [reference(body), true] as const])
      await expect(verify(headers, { strict })).rejects.toThrow(
        "webhook-id, webhook-timestamp or webhook-signature is missing. Pass all headers of the request.",
      );
    await expect(verify(standard(body, { secret: OTHER }))).rejects.toThrow("Check the secret, and pass the raw body.");
    const old = standard(body, { timestamp: "1" });
    await expect(verify(old)).rejects.toThrow("Signed too long ago, or in the future. Is the clock right?");
  });

  it("is not JSON, and the error says where", async () => {
    const body = '{"event":';
    await expect(verify(standard(bytesOf(body)), { body })).rejects.toMatchObject({
      code: "bad_body",
      cause: expect.any(SyntaxError),
    });
  });
});

describe("time", () => {
  const at = (offsetSeconds: number) => ({ now: new Date(NOW.getTime() + offsetSeconds * 1000) });
  const DAY = 24 * 60 * 60;

  it.each([-300, -299, 0, 299, 300])("accepts a Standard signature %i seconds off", async (offset) => {
    expect(await verify(standard(bytesOf(BODY)), at(offset))).toEqual(EVENT);
  });

  it.each([-3600, -301, 301, 3600])("refuses a Standard signature %i seconds off", async (offset) => {
    expect(await refusal(verify(standard(bytesOf(BODY)), at(offset)))).toBe("stale");
  });

  it("takes another tolerance", async () => {
    expect(await verify(standard(bytesOf(BODY)), { ...at(600), toleranceSeconds: 600 })).toEqual(EVENT);
    expect(await refusal(verify(standard(bytesOf(BODY)), { ...at(11), toleranceSeconds: 10 }))).toBe("stale");
    expect(await refusal(verify(standard(bytesOf(BODY)), { ...at(0), toleranceSeconds: Number.NaN }))).toBe("stale");
  });

  it.each([-4 * DAY, 0, 3600, 4 * DAY])(
    "accepts an event with the weaker signature alone %i seconds off",
    async (offset) => {
      expect(await verify(reference(bytesOf(BODY)), at(offset))).toEqual(EVENT);
    },
  );

  it.each([-4 * DAY - 1, 4 * DAY + 1, 400 * DAY])("refuses it %i seconds off", async (offset) => {
    expect(await refusal(verify(reference(bytesOf(BODY)), at(offset)))).toBe("stale");
  });

  it("refuses the weaker signature alone of an event without a time", async () => {
    const body = JSON.stringify({ ...EVENT, timestamp: "yesterday" });
    expect(await refusal(verify(reference(bytesOf(body)), { body }))).toBe("stale");
  });

  it("refuses the weaker signature alone where that is asked for", async () => {
    expect(await refusal(verify(reference(bytesOf(BODY)), { strict: true }))).toBe("missing_header");
    expect(await verify(standard(bytesOf(BODY)), { strict: true })).toEqual(EVENT);
  });

  it("is the present where none is given", async () => {
    const { body, headers } = await signWebhook({ event: EVENT, secret: SECRET });
    expect(await verifyWebhook({ body, headers, secret: SECRET })).toEqual(EVENT);
  });
});

describe("wrong use", () => {
  it.each([undefined, null, "", [], [""], [SECRET, ""], "whsec_", 5])("refuses %j as a secret", async (secret) => {
    for (const headers of [standard(bytesOf(BODY)), reference(bytesOf(BODY)), {}]) {
      // @ts-expect-error not a secret
      const options: VerifyOptions = { body: BODY, headers, secret, now: NOW };
      await expect(verifyWebhook(options)).rejects.toThrow(TypeError);
      await expect(verifyWebhook(options)).rejects.toThrow("secret is missing");
    }
  });

  it("refuses a secret that was copied badly", async () => {
    await expect(verify(standard(bytesOf(BODY)), { secret: `${SECRET}\n` })).rejects.toThrow("white space");
    for (const secret of ["whsec_your_secret_here", "whsec_abcde", "whsec_abcd efgh", "whsec_abc==", "whsec_="]) {
      await expect(verify(standard(bytesOf(BODY)), { secret })).rejects.toThrow(
        "secret is not whsec_ followed by base64",
      );
      await expect(verify(standard(bytesOf(BODY)), { secret })).rejects.toThrow(TypeError);
    }
    expect(
      await verify(reference(bytesOf(BODY), "whsec_your_secret_here"), { secret: "whsec_your_secret_here" }),
    ).toEqual(EVENT);
  });

  it.each([[EVENT], [undefined], [null], [[1]]])("asks for the raw body instead of %j", async (body) => {
    // @ts-expect-error not a body
    const options: VerifyOptions = { body, headers: standard(bytesOf(BODY)), secret: SECRET };
    await expect(verifyWebhook(options)).rejects.toThrow("Pass the raw body");
    for (const cure of [
      "express.raw(",
      "parseAs: 'buffer' in Fastify",
      "rawBody: true in NestJS",
      "await request.text() in Next.js, Hono",
    ])
      await expect(verifyWebhook(options)).rejects.toThrow(cure);
    await expect(verifyWebhook(options)).rejects.toThrow(TypeError);
  });
});

describe("over HTTP", () => {
  it("verifies what Node's own server receives", async () => {
    const outcome = new Promise<unknown>((resolve) => {
      const server = createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk);
        response.end();
        resolve(verifyWebhook({ body: Buffer.concat(chunks), headers: request.headers, secret: SECRET }));
      }).listen(0, "127.0.0.1", async () => {
        const address = server.address();
        const port = typeof address === "object" ? address?.port : 0;
        const { body, headers } = await signWebhook({ event: EVENT, secret: SECRET });
        await fetch(`http://127.0.0.1:${port}`, { method: "POST", body, headers });
      });
      onTestFinished(() => void server.close());
    });
    expect(await outcome).toEqual(EVENT);
  });
});
