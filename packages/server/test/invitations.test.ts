/** One-time links: who comes in by them, and what ends them. */
import { describe, expect, it } from "vitest";
import { inviteFirstUser } from "../src/users/invitations.js";
import { OTHER_PASSWORD, PASSWORD, setSignInStage } from "./sign-in-stage.js";
import { startTestApp } from "./test-app.js";

const { clock, app, userId, invite, accept, signIn, cookieOf, tokenOf, statusOf, newUser } = await setSignInStage();

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
  ])("is not used up %s", async (how, change, path) => {
    const token = await invite();
    const { status, body } = await accept({ token, name: "somebody new", password: PASSWORD, ...change });
    expect([status, body.details[0].path]).toEqual([400, path]);
    expect((await accept({ token, name: `at last, ${how}`, password: PASSWORD })).status).toBe(200);
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
