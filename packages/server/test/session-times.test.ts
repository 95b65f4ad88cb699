/** Sessions and links of a server whose clock is set, or that was set up and left. */
import { expect, it } from "vitest";
import { createInvitation, inviteFirstUser, takeInvitation } from "../src/users/invitations.js";
import { createFakeClock } from "./fake-clock.js";
import { startTestApp } from "./test-app.js";

const HOUR_MS = 3_600_000;

it("a session that was begun while the clock was far ahead does not count once it is right", async () => {
  const clock = createFakeClock();
  const app = await startTestApp({ clock });
  const right = clock.now();
  const before = await app.signIn();
  clock.set(right + 10 * 365 * 24 * HOUR_MS);
  const ahead = await app.signIn();
  const statusOf = async (session: string) => (await app.request("GET", "/session", { session })).status;
  expect(await statusOf(ahead)).toBe(200);
  clock.set(right);
  expect([await statusOf(ahead), await statusOf(before)]).toEqual([401, 200]);
  expect((await app.request("GET", "/sessions", { session: before })).body.data).toHaveLength(1);
  // A clock that was ahead by some seconds ends nothing.
  const late = await app.signIn();
  clock.set(right - 30_000);
  expect(await statusOf(late)).toBe(200);
  await app.close();
});

it("a server without users starts with a link, however many are open", async () => {
  const clock = createFakeClock();
  const app = await startTestApp({ clock });
  const { id } = await app.store.read.selectFrom("accounts").select("id").executeTakeFirstOrThrow();
  const invite = () => app.store.write((tx) => createInvitation(tx, id, {}, clock.now()));
  for (let open = 0; open < 20; open += 1) await invite();
  await expect(invite()).rejects.toMatchObject({ code: "limit_reached" });
  const first = await app.store.write((tx) => inviteFirstUser(tx, id, clock.now()));
  const taken = await app.store.write((tx) => takeInvitation(tx, first?.token ?? "", clock.now()));
  expect(taken.account_id).toBe(id);
  await app.close();
});
