/** How people sign in, and what ends it; as their browsers do it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../src/clock.js";
import { createInvitation, inviteFirstUser } from "../src/users/invitations.js";
import { readEvents } from "./event-reader.js";
import { createFakeClock } from "./fake-clock.js";
import { startTestApp, type TestApp } from "./test-app.js";

// Each password takes a quarter of a second to hash, and much longer on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const PASSWORD = "correct horse battery";
const OTHER_PASSWORD = "staple correct horse";
const COOKIE =
  /^(?<name>[\w-]+)=(?<token>\w{43}); Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict(?<secure>; Secure)?$/;
const TLS = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };

const clock = createFakeClock();
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock, env: { WHATSFLOW_TRUSTED_PROXIES: "127.0.0.1" } });
});
afterAll(() => app.close());
// What was counted against guessing is forgotten.
beforeEach(() => clock.advance(3_600_000));

const accountId = async () => (await app.store.read.selectFrom("accounts").select("id").executeTakeFirstOrThrow()).id;
const userId = async (name: string) =>
  (await app.store.read.selectFrom("users").select("id").where("name", "=", name).executeTakeFirstOrThrow()).id;
async function invite(name?: string): Promise<string> {
  const [account, user] = [await accountId(), name === undefined ? null : await userId(name)];
  const { token } = await app.store.write((tx) => createInvitation(tx, account, { userId: user }, clock.now()));
  return token;
}
type Options = Parameters<TestApp["request"]>[2];
const post = (path: string, body: object, options: Options = {}) =>
  app.request("POST", path, { key: null, body, ...options });
const accept = (body: object, options?: Options) => post("/invitations/accept", body, options);
const signIn = (name: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  post("/session", { name, password }, { headers });
const cookieOf = ({ headers }: { headers: Headers }) => COOKIE.exec(headers.get("set-cookie") ?? "")?.groups ?? {};
const tokenOf = (answer: { headers: Headers }) => cookieOf(answer).token ?? "";
const statusOf = async (session: string) => (await app.request("GET", "/session", { session })).status;

let users = 0;
/** A new user, signed in. */
async function newUser(): Promise<{ name: string; session: string }> {
  users += 1;
  const name = `user${users}@example.com`;
  return { name, session: tokenOf(await accept({ token: await invite(), name, password: PASSWORD })) };
}

describe("a one-time link", () => {
  it("makes a user, who is signed in", async () => {
    const answer = await accept({ token: await invite(), name: " Anna Smith ", password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject({
      user: { name: "Anna Smith" },
      account: { name: "default", plan: "enterprise" },
    });
    expect(cookieOf(answer)).toMatchObject({ name: "whatsflow", secure: undefined });
    const { body } = await app.request("GET", "/session", { session: tokenOf(answer) });
    expect(body.data).toEqual(answer.body.data);
    expect(Date.parse(body.data.expires_at)).toBe(clock.now() + 30 * 86_400_000);
  });

  it("works once, however many use it at the same time", async () => {
    const token = await invite();
    const answers = await Promise.all(
      ["one", "two", "three"].map((name) => accept({ token, name: `racing-${name}`, password: PASSWORD })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    const again = await accept({ token, name: "late", password: PASSWORD });
    expect([again.status, again.body.code, again.headers.get("set-cookie")]).toEqual([404, "not_found", null]);
    expect(again.body.message).toContain("whatsflow users invite");
  });

  it("works for 24 hours", async () => {
    const [token, spare] = [await invite(), await invite()];
    clock.advance(86_400_000 - 1);
    expect((await accept({ token: spare, name: "in time", password: PASSWORD })).status).toBe(200);
    clock.advance(1);
    expect((await accept({ token, name: "too late", password: PASSWORD })).status).toBe(404);
  });

  it("that sets a password anew signs its user out everywhere, and keeps the name", async () => {
    const { name, session } = await newUser();
    const first = await invite(name);
    const token = await invite(name);
    expect((await accept({ token: first, password: OTHER_PASSWORD })).status).toBe(404);
    const renamed = await accept({ token, name: "somebody", password: OTHER_PASSWORD });
    expect([renamed.status, renamed.body.details[0].path]).toEqual([400, "name"]);
    const answer = await accept({ token, password: OTHER_PASSWORD });
    expect(answer.body.data.user.name).toBe(name);
    expect(await statusOf(session)).toBe(401);
    expect(await statusOf(tokenOf(answer))).toBe(200);
    expect((await signIn(name)).body.code).toBe("wrong_password");
    expect((await signIn(name, OTHER_PASSWORD)).status).toBe(200);
  });

  it.each([
    ["without a name", { name: undefined }, "name"],
    ["with a name of spaces", { name: "   " }, "name"],
    ["with a line break in the name", { name: "an\nna" }, "name"],
    ["with a short password", { password: "ninechars" }, "password"],
    ["with a password that is too long", { password: "x".repeat(201) }, "password"],
    ["with the name as its password", { name: "Anna.Smith@example", password: "anna.smith@example" }, "password"],
  ])("is not used up %s", async (_, change, path) => {
    const token = await invite();
    const { status, body } = await accept({ token, name: "somebody new", password: PASSWORD, ...change });
    expect([status, body.details[0].path]).toEqual([400, path]);
    users += 1;
    expect((await accept({ token, name: `at-last-${users}`, password: PASSWORD })).status).toBe(200);
  });

  it("leads to no second user of a name, whatever its case", async () => {
    const { name } = await newUser();
    const token = await invite();
    const { status, body } = await accept({ token, name: name.toUpperCase(), password: PASSWORD });
    expect([status, body.code]).toEqual([409, "name_taken"]);
    expect((await accept({ token, name: `${name}.2`, password: PASSWORD })).status).toBe(200);
  });

  it("of a start is void once there is a user, and replaced at the next start", async () => {
    const fresh = await startTestApp({ clock });
    try {
      const { id } = await fresh.store.read.selectFrom("accounts").select("id").executeTakeFirstOrThrow();
      const start = () => fresh.store.write((tx) => inviteFirstUser(tx, id, clock.now()));
      const [first, second] = [await start(), await start()];
      const use = (token: string | undefined, name: string) =>
        fresh.request("POST", "/invitations/accept", { key: null, body: { token, name, password: PASSWORD } });
      expect((await use(first?.token, "anna")).status).toBe(404);
      expect((await use(second?.token, "anna")).status).toBe(200);
      expect(await start()).toBeUndefined();
    } finally {
      await fresh.close();
    }
  });

  it("can be made by a user, and makes one of the same account", async () => {
    const { session } = await newUser();
    const { status, body } = await app.request("POST", "/invitations", { session });
    expect(status).toBe(201);
    expect(body.data.path).toBe(`/#/welcome?token=${body.data.token}`);
    const colleague = await accept({ token: body.data.token, name: "a colleague", password: PASSWORD });
    const listed = await app.request("GET", "/users", { session: tokenOf(colleague) });
    expect(listed.body.data.map(({ name }: { name: string }) => name)).toContain("a colleague");
  });
});

describe("an open link", () => {
  const inviteBy = async (session: string) => {
    const { body } = await app.request("POST", "/invitations", { session });
    return { id: String(body.data.id), token: String(body.data.token) };
  };
  const isOpen = async ({ id }: { id: string }, session: string) => {
    const { body } = await app.request("GET", "/invitations", { session });
    return body.data.some((open: { id: string }) => open.id === id);
  };

  it("is listed with its maker and whom it is for, and can be voided by every colleague", async () => {
    const [anna, ben] = [await newUser(), await newUser()];
    const link = await inviteBy(anna.session);
    await invite(ben.name);
    const { body } = await app.request("GET", "/invitations", { session: ben.session });
    expect(body.data).toContainEqual({
      id: link.id,
      created_by: { id: await userId(anna.name), name: anna.name },
      sets_password_of: null,
      created_at: new Date(clock.now()).toISOString(),
      expires_at: new Date(clock.now() + 86_400_000).toISOString(),
    });
    const named = { id: await userId(ben.name), name: ben.name };
    expect(body.data).toContainEqual(expect.objectContaining({ created_by: null, sets_password_of: named }));
    expect(JSON.stringify(body)).not.toContain(link.token);
    const stranger = await app.signIn({ account: "others" });
    const voided = async (session: string) =>
      (await app.request("DELETE", `/invitations/${link.id}`, { session })).status;
    expect([await isOpen(link, stranger), await voided(stranger)]).toEqual([false, 404]);
    expect([await voided(ben.session), await voided(ben.session)]).toEqual([200, 404]);
    expect((await accept({ token: link.token, name: "too late", password: PASSWORD })).status).toBe(404);
  });

  it.each<[string, (user: { name: string; session: string }, colleague: string) => Promise<{ status: number }>]>([
    ["signs out everywhere", ({ session }) => app.request("DELETE", "/sessions", { session })],
    [
      "changes the password",
      ({ session }) => {
        const body = { current_password: PASSWORD, new_password: OTHER_PASSWORD };
        return app.request("PUT", "/session/password", { session, body });
      },
    ],
    ["sets a forgotten password anew", async ({ name }) => accept({ token: await invite(name), password: PASSWORD })],
    ["is removed", async ({ name }, session) => app.request("DELETE", `/users/${await userId(name)}`, { session })],
  ])("is void when its maker %s, and so is one that sets the maker's password", async (_, step) => {
    const [maker, { session }] = [await newUser(), await newUser()];
    const [made, other, forgotten] = [await inviteBy(maker.session), await inviteBy(session), await invite(maker.name)];
    expect((await step(maker, session)).status).toBe(200);
    expect([await isOpen(made, session), await isOpen(other, session)]).toEqual([false, true]);
    expect((await accept({ token: made.token, name: maker.name, password: PASSWORD })).status).toBe(404);
    expect((await accept({ token: forgotten, password: PASSWORD })).status).toBe(404);
  });
});

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
    const { request } = await import("node:http");
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

describe("a session", () => {
  it("ends after seven days without a request, and after thirty in any case", async () => {
    const { name, session: idle } = await newUser();
    const busy = tokenOf(await signIn(name));
    for (let day = 0; day < 29; day += 1) {
      clock.advance(86_400_000);
      if (day === 6) expect(await statusOf(idle)).toBe(401);
      expect(await statusOf(busy)).toBe(200);
      // When it was used is written by the way.
      await app.store.write(async () => undefined);
    }
    clock.advance(86_400_000);
    expect(await statusOf(busy)).toBe(401);
  });

  it("ends by signing out, with the cookie", async () => {
    const { name, session } = await newUser();
    const other = tokenOf(await signIn(name));
    const { headers } = await app.request("DELETE", "/session", { session });
    expect(headers.get("set-cookie")).toBe("whatsflow=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    expect([await statusOf(session), await statusOf(other)]).toEqual([401, 200]);
  });

  it("ends with all others by signing out everywhere, and so do the streams of all", async () => {
    const [{ name, session }, bystander] = [await newUser(), await newUser()];
    const other = tokenOf(await signIn(name));
    const streams = await Promise.all([session, other, bystander.session].map(listen));
    await app.request("DELETE", "/sessions", { session });
    expect([await statusOf(session), await statusOf(other), await statusOf(bystander.session)]).toEqual([
      401, 401, 200,
    ]);
    await Promise.all(streams.slice(0, 2).map((stream) => stream.ended()));
    await app.request("POST", "/events/trigger", { body: { event: "message.read" } });
    await streams[2]?.count(1);
    expect(streams[0]?.events).toEqual([]);
    streams[2]?.leave();
  });

  const listen = (session: string) =>
    readEvents(app.baseUrl, null, { headers: { cookie: `whatsflow=${session}`, "whatsflow-mode": "test" } });

  it("ends within a second when another process ends it, and its stream with it", async () => {
    const { name, session } = await newUser();
    const stream = await listen(session);
    const user = await userId(name);
    await app.store.write(async (tx) => {
      await tx.deleteFrom("sessions").where("user_id", "=", user).execute();
    });
    clock.advance(1_000);
    await stream.ended();
  });

  it("ends with its user", async () => {
    const [anna, ben] = [await newUser(), await newUser()];
    const stream = await listen(ben.session);
    const { status } = await app.request("DELETE", `/users/${await userId(ben.name)}`, { session: anna.session });
    expect([status, await statusOf(ben.session)]).toEqual([200, 401]);
    await stream.ended();
    expect((await signIn(ben.name)).body.code).toBe("wrong_password");
  });

  it("goes on under another cookie when the password is changed, and all others end", async () => {
    const { name, session } = await newUser();
    const other = tokenOf(await signIn(name));
    const change = (current_password: string, new_password: string) =>
      app.request("PUT", "/session/password", { session, body: { current_password, new_password } });
    expect((await change(OTHER_PASSWORD, OTHER_PASSWORD)).body.code).toBe("wrong_password");
    expect((await change(PASSWORD, name)).body.details[0].path).toBe("new_password");
    const answer = await change(PASSWORD, OTHER_PASSWORD);
    expect(answer.status).toBe(200);
    expect([await statusOf(session), await statusOf(other), await statusOf(tokenOf(answer))]).toEqual([401, 401, 200]);
    expect((await signIn(name)).status).toBe(403);
    expect((await signIn(name, OTHER_PASSWORD)).status).toBe(200);
  });
});

it("the last user of an account cannot be removed", async () => {
  const session = await app.signIn({ account: "small", name: "the only one" });
  const id = await userId("the only one");
  const refused = await app.request("DELETE", `/users/${id}`, { session });
  expect([refused.status, refused.body.code]).toEqual([409, "last_user"]);
  await app.signIn({ account: "small", name: "the second" });
  expect((await app.request("DELETE", `/users/${id}`, { session })).status).toBe(200);
});

it("without a fake clock, too: a restart forgets no session", async () => {
  const first = await startTestApp({ clock: systemClock, keep: true });
  const session = await first.signIn();
  await first.close();
  const second = await startTestApp({ clock: systemClock, dataDir: first.dataDir });
  expect((await second.request("GET", "/session", { session })).status).toBe(200);
  await second.close();
});
