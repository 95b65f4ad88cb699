/** What ends a session, and its streams with it. */
import { describe, expect, it } from "vitest";
import { systemClock } from "../src/clock.js";
import { readEvents } from "./event-reader.js";
import { OTHER_PASSWORD, PASSWORD, setSignInStage } from "./sign-in-stage.js";
import { startTestApp } from "./test-app.js";

const { clock, app, userId, signIn, tokenOf, statusOf, newUser } = await setSignInStage();

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
