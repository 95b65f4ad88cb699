/** `whatsflow users …`, and the link of a first start, as whoever runs the server uses them. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, cliJson, newDataDir, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";

const PASSWORD = "correct horse battery";
const LINK = /^ {2}(https?:\/\/\S+\/#\/welcome\?token=(\w{43})\S*)$/m;
const dataDir = newDataDir();
const data = ["--data", dataDir];
let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ dataDir, flags: [] });
});
afterAll(async () => {
  await server.stop("SIGTERM");
  rmSync(dataDir, { recursive: true, force: true });
});

/** What the server prints comes a moment after its log says that it listens. */
const printedToken = (url: string) =>
  eventually(() => {
    const [, link, token] = LINK.exec(server.printed.stdout) ?? [];
    return link?.startsWith(`${url}/#/`) ? token : undefined;
  }, "the link");
const tokenIn = (text: string) => LINK.exec(text)?.[2] ?? "no link";
const accept = (body: object) => server.request("POST", "/invitations/accept", { body });
const sessionOf = ({ headers }: { headers: Headers }) => headers.get("set-cookie")?.split(";")[0] ?? "";
const ask = async (cookie: string) =>
  (await server.request("GET", "/session", { headers: { cookie, "whatsflow-mode": "live" } })).status;
const actions = async (cookie: string): Promise<string[]> => {
  const { body } = await server.request("GET", "/audit-log", { headers: { cookie, "whatsflow-mode": "live" } });
  return body.data.map((entry: { actor: { kind: string }; action: string; summary: string }) =>
    [entry.actor.kind, entry.action, entry.summary].join(": "),
  );
};

describe("a first start", () => {
  it("prints a link on the terminal, and not in the log, anew until somebody used one", async () => {
    const first = await printedToken(server.url);
    await server.stop("SIGTERM");
    expect(server.printed.stderr).not.toContain(first);
    server = await startServer({ dataDir, flags: [], env: { WHATSFLOW_PUBLIC_URL: "https://wa.example.com/" } });
    const second = await printedToken("https://wa.example.com");
    expect(second).not.toBe(first);
    await server.stop("SIGTERM");
    server = await startServer({ dataDir, flags: [] });
    expect((await accept({ token: second, name: "anna", password: PASSWORD })).status).toBe(404);
    const last = await printedToken(server.url);
    const answer = await accept({ token: last, name: "anna", password: PASSWORD });
    await server.stop("SIGKILL");
    server = await startServer({ dataDir, flags: [] });
    // What was answered survives, and what was used up stays so.
    expect([answer.status, await ask(sessionOf(answer))]).toEqual([200, 200]);
    expect((await accept({ token: last, name: "eve", password: PASSWORD })).status).toBe(404);
    expect(server.printed.stdout).toBe("");
    // No request waits for its line in the log.
    const line = /"operation":"getSession","status":200,"duration_ms":\d+,"user_id":"user_\w+"/;
    await eventually(() => line.test(server.printed.stderr), "the line of the session's request");
  });
});

describe("beside the running server", () => {
  it("users are invited, listed, locked out and removed", async () => {
    const { stdout } = await cli(["users", "invite", ...data]);
    expect(LINK.exec(stdout)?.[1]).toContain(server.url);
    const ben = await accept({ token: tokenIn(stdout), name: "Ben", password: PASSWORD });
    const cookie = sessionOf(ben);
    const listed = await cliJson(["users", "list", ...data]);
    expect(listed.map(({ name, account }: { name: string; account: string }) => [name, account])).toEqual([
      ["anna", "default"],
      ["Ben", "default"],
    ]);

    const signIn = async () =>
      (await server.request("POST", "/session", { body: { name: "ben", password: PASSWORD } })).status;
    expect(await signIn()).toBe(200);
    const reset = await cliJson(["users", "reset-password", "ben", ...data]);
    expect([await ask(cookie), await signIn()]).toEqual([401, 403]);
    expect(reset.url).toMatch(/#\/welcome\?token=\w{43}&name=Ben$/);
    const token = /token=(\w{43})/.exec(reset.url)?.[1];
    const again = await accept({ token, password: `${PASSWORD}!` });
    expect([again.status, await ask(sessionOf(again))]).toEqual([200, 200]);

    const key = await server.createKey();
    expect(key).toMatch(/^wf_test_/);
    await cliJson(["accounts", "set-quota", "default", "none", ...data]);
    expect((await actions(sessionOf(again))).slice(0, 5)).toEqual([
      "command_line: setQuota: Set the monthly quota of messages: none",
      "command_line: createApiKey: Created the API key test",
      "user: acceptInvitation: Used a one-time link of the command line, and signed in",
      "command_line: resetPassword: Reset the password of Ben",
      "user: signIn: Signed in",
    ]);
    expect(await cliJson(["users", "remove", "BEN", ...data])).toMatchObject({ removed: true });
    expect(await ask(sessionOf(again))).toBe(401);
  });

  it("open links are listed, and voided", async () => {
    const { url } = await cliJson(["users", "invite", ...data]);
    const [open] = await cliJson(["users", "invitations", ...data]);
    expect(open).toMatchObject({ account: "default", created_by: null, sets_password_of: null });
    expect(await cliJson(["users", "void-invitation", open.id, ...data])).toEqual({ id: open.id, voided: true });
    const token = /token=(\w{43})/.exec(url)?.[1];
    expect((await accept({ token, name: "eve", password: PASSWORD })).status).toBe(404);
  });

  it("says in one line what is wrong", async () => {
    const failing: [string[], RegExp][] = [
      [["users", "remove", "anna"], /^whatsflow: This is the last user of the account\. Invite another one first\.\n$/],
      [["users", "remove", "nobody"], /^whatsflow: There is no user nobody\. See: whatsflow users list\n$/],
      [["users", "reset-password", "nobody"], /There is no user nobody/],
      [["users", "void-invitation", "none"], /There is no open invitation none\. See: whatsflow users invitations/],
      [["users", "invite", "--account", "nobody"], /There is no account nobody/],
    ];
    for (const [args, sentence] of failing) {
      const { status, stdout, stderr } = await cli([...args, ...data]);
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(sentence);
    }
    const nowhere = await cli(["users", "list", "--data", `${dataDir}/none`]);
    expect(nowhere.stderr).toContain("There is no installation in");
  });

  it.each(["", " invite", " invitations", " void-invitation", " list", " reset-password", " remove"])(
    "explains whatsflow users%s",
    async (command) => {
      const { status, stdout } = await cli(["users", ...command.split(" ").filter(Boolean), "--help"]);
      expect([status, stdout.includes(`Usage: whatsflow users${command} `)]).toEqual([0, true]);
    },
  );
});

describe("a link of the command line", () => {
  const folder = newDataDir();
  const invite = async (env: Record<string, string> = {}) =>
    (await cli(["users", "invite", "--data", folder], env)).stdout;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("leads to where people find the running server, which the shell need not know", async () => {
    const publicly = { WHATSFLOW_PUBLIC_URL: "https://wa.example.com/" };
    const started = await startServer({ dataDir: folder, flags: [], env: publicly });
    expect(LINK.exec(await invite())?.[1]).toMatch(/^https:\/\/wa\.example\.com\/#/);

    const elsewhere = await invite({ WHATSFLOW_PUBLIC_URL: "http://192.168.1.10:8080" });
    expect(LINK.exec(elsewhere)?.[1]).toMatch(/^http:\/\/192\.168\.1\.10:8080\/#/);
    const { url } = JSON.parse(readFileSync(join(folder, "operator.json"), "utf8"));
    const { port } = new URL(url);
    // Passwords may not go to that address. The tunnel leads to the server, and not to the proxy.
    expect(elsewhere).toContain(`at http://localhost:${port} on the server's machine`);
    expect(elsewhere).toContain(`ssh -L ${port}:localhost:${port} <server>`);
    await started.stop("SIGTERM");
  });
});
