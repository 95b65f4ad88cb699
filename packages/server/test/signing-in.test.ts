/** How people sign in, as their browsers do it. */
import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { OTHER_PASSWORD, PASSWORD, setSignInStage, TLS } from "./sign-in-stage.js";

const { clock, app, signIn, cookieOf, tokenOf, statusOf, newUser } = await setSignInStage();

describe("signing in", () => {
  it("begins another session each time, under a token that nobody can have set before", async () => {
    const { name, session } = await newUser();
    const chosen = "x".repeat(43);
    const answer = await signIn(name.toUpperCase(), PASSWORD, { cookie: `whatsflow=${chosen}` });
    expect(answer.status).toBe(200);
    expect([session, chosen]).not.toContain(tokenOf(answer));
    expect(await statusOf(chosen)).toBe(401);
    const { body } = await app.request("GET", "/sessions", { session });
    expect(body.data).toHaveLength(2);
    expect(body.data.filter(({ is_current }: { is_current: boolean }) => is_current)).toHaveLength(1);
  });

  it("tells nobody whether there is a user of that name", async () => {
    const { name } = await newUser();
    const [wrong, unknown] = [await signIn(name, OTHER_PASSWORD), await signIn("nobody", PASSWORD)];
    expect([wrong.status, wrong.body.code]).toEqual([403, "wrong_password"]);
    expect({ ...unknown.body, request_id: "" }).toEqual({ ...wrong.body, request_id: "" });
    for (const { headers } of [wrong, unknown]) expect(headers.get("set-cookie")).toBeNull();
  });

  it.each<[string, Record<string, string>, object | undefined]>([
    ["on this machine", {}, { name: "whatsflow", secure: undefined }],
    ["at localhost, as through a tunnel", { host: "localhost:2152" }, { name: "whatsflow", secure: undefined }],
    ["over a proxy's TLS", TLS, { name: "__Host-whatsflow", secure: "; Secure" }],
    ["over TLS, through two proxies", { ...TLS, "x-forwarded-proto": "https, http" }, { name: "__Host-whatsflow" }],
    ["over a proxy's plain HTTP", { ...TLS, "x-forwarded-proto": "http" }, undefined],
    ["over a proxy that does not say", { "x-forwarded-for": "203.0.113.9" }, undefined],
    ["over a proxy that hides where it comes from", { via: "1.1 proxy" }, undefined],
    ["by another name, whose address was changed to this machine's", { host: "evil.example.com" }, undefined],
  ])("gives the cookie that fits: %s", async (_, headers, wanted) => {
    const { name } = await newUser();
    const answer = await rawSignIn(name, headers);
    expect([answer.status, answer.body.code]).toEqual(wanted ? [200, undefined] : [403, "insecure_connection"]);
    if (wanted) expect(cookieOf(answer)).toMatchObject(wanted);
    else {
      expect(answer.headers.get("set-cookie")).toBeNull();
      for (const cure of ["https://", "WHATSFLOW_TRUSTED_PROXIES", "ssh -L"])
        expect(answer.body.message).toContain(cure);
    }
  });

  /** `fetch` lets nobody choose the Host. */
  async function rawSignIn(name: string, headers: Record<string, string>) {
    const body = JSON.stringify({ name, password: PASSWORD });
    return new Promise<{ status: number | undefined; headers: Headers; body: { code?: string; message: string } }>(
      (resolve, reject) => {
        const type = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
        const sent = request(`${app.baseUrl}/session`, { method: "POST", headers: { ...type, ...headers } });
        sent.once("error", reject).once("response", async (incoming) => {
          const chunks: Buffer[] = [];
          for await (const chunk of incoming) chunks.push(chunk);
          const given = Object.entries(incoming.headers).map(([key, value]): [string, string] => [key, String(value)]);
          resolve({
            status: incoming.statusCode,
            headers: new Headers(given),
            body: JSON.parse(String(Buffer.concat(chunks))),
          });
        });
        sent.end(body);
      },
    );
  }

  it("over TLS counts over TLS alone, and the other way round", async () => {
    const { name, session } = await newUser();
    const secure = tokenOf(await signIn(name, PASSWORD, TLS));
    const ask = async (cookie: string, headers: Record<string, string>) => {
      const sent = { cookie, "whatsflow-mode": "test", ...headers };
      return (await app.request("GET", "/session", { key: null, headers: sent })).status;
    };
    expect(await ask(`a=b; __Host-whatsflow=${secure}`, TLS)).toBe(200);
    expect(await ask(`__Host-whatsflow=${secure}`, {})).toBe(401);
    // Another host of the domain can set a cookie without the prefix.
    expect(await ask(`whatsflow=${session}`, TLS)).toBe(401);
    const plain = { ...TLS, "x-forwarded-proto": "http" };
    expect(await ask(`__Host-whatsflow=${secure}; whatsflow=${session}`, plain)).toBe(401);
  });

  it("behind a proxy knows its own pages by the name that the browser asked for", async () => {
    const { name } = await newUser();
    const from = (origin: string) => signIn(name, PASSWORD, { ...TLS, "x-forwarded-host": "wa.example.com", origin });
    expect((await from("https://wa.example.com")).status).toBe(200);
    expect((await from("http://wa.example.com")).status).toBe(401);
    expect((await from("https://example.com")).status).toBe(401);
  });

  it("is slowed down for who guesses, and not for who is signed in", async () => {
    const { name, session } = await newUser();
    for (let guess = 0; guess < 5; guess += 1) expect((await signIn(name, `guess number ${guess}`)).status).toBe(403);
    const right = await signIn(name.toUpperCase());
    expect([right.status, right.body.code, right.headers.get("retry-after")]).toEqual([429, "rate_limited", "1"]);
    expect(await statusOf(session)).toBe(200);
    const change = { session, body: { current_password: PASSWORD, new_password: OTHER_PASSWORD } };
    expect((await app.request("PUT", "/session/password", change)).status).toBe(200);
    clock.advance(1_000);
    expect((await signIn(name, OTHER_PASSWORD)).status).toBe(200);
    expect((await signIn(name, OTHER_PASSWORD)).status).toBe(200);
  });
});
