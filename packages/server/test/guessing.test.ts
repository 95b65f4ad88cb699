/** What hinders whoever guesses passwords, names and links, and must not hinder others. */
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createInvitation } from "../src/users/invitations.js";
import { createFakeClock } from "./fake-clock.js";
import { startTestApp, type TestApp } from "./test-app.js";

// Passwords take long to hash on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const PASSWORD = "correct horse battery";
const clock = createFakeClock();
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock, env: { WHATSFLOW_TRUSTED_PROXIES: "127.0.0.1" } });
  const answer = await accept({ token: await invite(), name: "anna", password: PASSWORD });
  expect(answer.status).toBe(200);
});
afterAll(() => app.close());
// What was counted is forgotten.
beforeEach(() => clock.advance(3_600_000));

async function invite(): Promise<string> {
  const { id } = await app.store.read.selectFrom("accounts").select("id").executeTakeFirstOrThrow();
  return (await app.store.write((tx) => createInvitation(tx, id, {}, clock.now()))).token;
}
const from = (address: string) => ({ "x-forwarded-for": address, "x-forwarded-proto": "https" });
const post = (path: string, body: object, address: string) =>
  app.request("POST", path, { key: null, body, headers: from(address) });
const accept = (body: object, address = "203.0.113.1") => post("/invitations/accept", body, address);
const signIn = (name: string, address: string) => post("/session", { name, password: PASSWORD }, address);
const times = <T>(count: number, once: (time: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, time) => once(time)));
const statuses = (answers: { status: number }[]) => [...new Set(answers.map(({ status }) => status))];

it("right passwords that a busy server did not look at do not count as wrong", async () => {
  // It may find the time for one of them after all: then again, for what was right makes up for what was wrong before.
  for (let burst = 1, answered: number[] = []; answered.join() !== "429"; burst += 1) {
    let full = () => {};
    const isFull = new Promise<void>((resolve) => {
      full = resolve;
    });
    const strangers = times(30, async (time) => {
      const answer = await signIn(`stranger${burst}-${time}`, `198.51.${burst}.${time}`);
      if (answer.status === 429) full();
    });
    await isFull;
    answered = statuses(await times(5, (time) => signIn("anna", `203.0.113.${time + 100}`)));
    await strangers;
  }
  expect((await signIn("anna", "203.0.113.2")).status).toBe(200);
});

it("a link that works lets nobody try names without end", async () => {
  const token = await invite();
  const probe = () => accept({ token, name: "anna", password: PASSWORD });
  expect(statuses(await times(20, probe))).toEqual([409]);
  expect((await probe()).body.code).toBe("rate_limited");
  expect((await accept({ token, name: "ben", password: PASSWORD }, "203.0.113.2")).status).toBe(200);
});

it("an IPv6 site is slowed down, however many of its networks the tries come from", async () => {
  const guess = (time: number) => accept({ token: "nobody's", password: PASSWORD }, `2001:db8:1:${time}::1`);
  expect(statuses(await times(60, guess))).toEqual([404]);
  expect((await guess(60)).body.code).toBe("rate_limited");
  expect((await accept({ token: "nobody's", password: PASSWORD }, "2001:db8:2::1")).status).toBe(404);
});
