import { afterAll, beforeEach, vi } from "vitest";
import { createInvitation } from "../src/users/invitations.js";
import { createFakeClock, type FakeClock } from "./fake-clock.js";
import { startTestApp, type TestApp } from "./test-app.js";

export const PASSWORD = "correct horse battery";
export const OTHER_PASSWORD = "staple correct horse";
/** As a proxy tells of a browser's TLS. */
export const TLS = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" };
const COOKIE =
  /^(?<name>[\w-]+)=(?<token>\w{43}); Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict(?<secure>; Secure)?$/;

type Options = Parameters<TestApp["request"]>[2];
type Answered = Awaited<ReturnType<TestApp["request"]>>;
type WithHeaders = { headers: Headers };

/** A server on this machine and behind a proxy, and what browsers do to sign people in. */
export interface SignInStage {
  clock: FakeClock;
  app: TestApp;
  userId(name: string): Promise<string>;
  /** The token of a one-time link: for a new user, or for the password of one. */
  invite(name?: string): Promise<string>;
  accept(body: object, options?: Options): Promise<Answered>;
  signIn(name: string, password?: string, headers?: Record<string, string>): Promise<Answered>;
  cookieOf(answer: WithHeaders): Partial<Record<string, string>>;
  /** The token of the session that an answer began. */
  tokenOf(answer: WithHeaders): string;
  /** What a session is answered. */
  statusOf(session: string): Promise<number>;
  /** A new user, signed in. */
  newUser(): Promise<{ name: string; session: string }>;
}

/** To be called where a test file begins. */
export async function setSignInStage(): Promise<SignInStage> {
  // Each password takes a quarter of a second to hash, and much longer on a busy machine.
  vi.setConfig({ testTimeout: 60_000 });
  const clock = createFakeClock();
  const app = await startTestApp({ clock, env: { WHATSFLOW_TRUSTED_PROXIES: "127.0.0.1" } });
  afterAll(() => app.close());
  // What was counted against guessing is forgotten.
  beforeEach(() => clock.advance(3_600_000));
  let users = 0;

  const accountId = async () => (await app.store.read.selectFrom("accounts").select("id").executeTakeFirstOrThrow()).id;
  const post = (path: string, body: object, options: Options = {}) =>
    app.request("POST", path, { key: null, body, ...options });
  const cookieOf = ({ headers }: WithHeaders) => COOKIE.exec(headers.get("set-cookie") ?? "")?.groups ?? {};
  const stage: SignInStage = {
    clock,
    app,
    async userId(name) {
      const users = app.store.read.selectFrom("users").select("id");
      return (await users.where("name", "=", name).executeTakeFirstOrThrow()).id;
    },
    async invite(name) {
      const [account, user] = [await accountId(), name === undefined ? null : await stage.userId(name)];
      const { token } = await app.store.write((tx) => createInvitation(tx, account, { userId: user }, clock.now()));
      return token;
    },
    accept: (body, options) => post("/invitations/accept", body, options),
    signIn: (name, password = PASSWORD, headers = {}) => post("/session", { name, password }, { headers }),
    cookieOf,
    tokenOf: (answer) => cookieOf(answer).token ?? "",
    statusOf: async (session) => (await app.request("GET", "/session", { session })).status,
    async newUser() {
      users += 1;
      const name = `user${users}@example.com`;
      const accepted = await stage.accept({ token: await stage.invite(), name, password: PASSWORD });
      return { name, session: stage.tokenOf(accepted) };
    },
  };
  return stage;
}
