/** `whatsflow devices …`: a server in a process of its own, and a simulated WhatsApp with its phones. */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "@whatsflow/whatsapp-simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, cliJson, newDataDir, type RunningServer, startCli, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";
import { pointingAt } from "./whatsapp-stage.js";

const dataDir = newDataDir();
const data = ["--data", dataDir];
const operatorFile = join(dataDir, "operator.json");
const start = () => startServer({ dataDir, env: pointingAt(whatsapp) });
let whatsapp: Simulator;
let server: RunningServer;
beforeAll(async () => {
  whatsapp = await startSimulator();
  server = await start();
});
afterAll(async () => {
  await server.stop("SIGTERM");
  await whatsapp.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const list = (...flags: string[]) => cliJson(["devices", "list", ...data, ...flags]);
const named = async (name: string) =>
  (await list()).find(({ device_name }: { device_name: string }) => device_name === name);
const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("whatsflow devices", () => {
  it("add shows the QR code until it is scanned; logout unlinks; reconnect pairs anew", async () => {
    const phone = whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
    const key = (await cliJson(["keys", "create", "--name", "k", "--mode", "live", "--scopes", "all", ...data])).key;
    const scan = async (id: string) =>
      phone.scan((await server.request("GET", `/devices/${id}/qr`, { key })).body.data.qr);

    const adding = startCli(["devices", "add", "--name", "Sales", "--json", ...data]);
    await eventually(() => adding.printed.stdout.includes("\n"), "the code");
    const { id } = await named("Sales");
    await scan(id);
    const added = await adding.ended;
    expect([added.status, added.stderr]).toEqual([0, ""]);
    const [first, ...more] = linesOf(added.stdout);
    expect(first).toEqual({ id, qr: expect.any(String), expires_at: expect.any(String) });
    expect(more.at(-1)).toMatchObject({ id, status: "connected", phone_number: "+15550001111", is_primary: true });

    const table = (await cli(["devices", "list", ...data])).stdout;
    expect(table).toMatch(/^ID +NAME +PHONE +STATUS\n/);
    expect(table).toMatch(/Sales +\+15550001111 +connected +primary\n/);

    expect((await cli(["devices", "logout", id, ...data])).stdout).toBe(`Logged out ${id}\n`);
    expect(phone.linkedDevices).toHaveLength(0);
    expect(await named("Sales")).toMatchObject({ status: "disconnected", reason: "logged_out" });

    const reconnecting = startCli(["devices", "reconnect", id, ...data]);
    await eventually(() => reconnecting.printed.stdout.includes("Scan it on the phone"), "a new code");
    await scan(id);
    const { status, stdout } = await reconnecting.ended;
    expect(status).toBe(0);
    expect(stdout).toContain("█");
    expect(stdout).toContain("Connected: Sales is +15550001111\n");
  });

  it("add --phone shows a code to type in", async () => {
    const phone = whatsapp.createPhone({ phoneNumber: "15550003333", name: "Two" });
    const adding = startCli(["devices", "add", "--name", "Coded", "--phone", "+15550003333", "--json", ...data]);
    // The one that it shows: to ask for another would make this one void, or be made void by it.
    await eventually(() => adding.printed.stdout.includes("\n"), "the code");
    const [shown] = linesOf(adding.printed.stdout);
    const { id } = await named("Coded");
    expect(shown).toEqual({ id, code: expect.stringMatching(/^[A-Z0-9]{8}$/), expires_at: expect.any(String) });
    await phone.enterPairingCode(shown.code);
    const { status, stdout } = await adding.ended;
    expect(status).toBe(0);
    const lines = linesOf(stdout);
    expect(lines.at(-1)).toMatchObject({ id, status: "connected", phone_number: "+15550003333" });
  });

  it("acts for the account that is named", async () => {
    await cliJson(["accounts", "create", "shop", ...data]);
    await cliJson(["accounts", "set-plan", "shop", "--per-minute", "1", ...data]);
    // The account's limit is not the operator's.
    for (let asked = 0; asked < 3; asked += 1) expect(await list("--account", "shop")).toEqual([]);
    const { status, stderr } = await cli(["devices", "list", "--account", "nobody", ...data]);
    expect([status, stderr]).toEqual([1, "whatsflow: There is no account nobody. See: whatsflow accounts list\n"]);
  });

  it("tells a mistake in the server's words", async () => {
    const { status, stderr } = await cli(["devices", "logout", "device_x", ...data]);
    expect([status, stderr]).toEqual([1, "whatsflow: No device has the id device_x\n"]);
    const unnamed = await cli(["devices", "add", "--name", "", ...data]);
    expect([unnamed.status, unnamed.stderr]).toEqual([1, "whatsflow: device_name: must have at least 1 character\n"]);
    const before = await list();
    const mistyped = await cli(["devices", "add", "--name", "Typo", "--phone", "0771234", ...data]);
    expect(mistyped).toMatchObject({ status: 1, stderr: expect.stringContaining("--phone") });
    expect(mistyped.stderr).toContain("such as +94771234567");
    expect(await list()).toEqual(before);
  });

  it("keeps its token for its own user, and no longer than the server runs", async () => {
    expect(statSync(operatorFile).mode & 0o777).toBe(0o600);
    const text = readFileSync(operatorFile, "utf8");
    const { token } = JSON.parse(text);
    expect(token).toMatch(/^wf_operator_[0-9A-Za-z]{43}$/);
    expect(server.printed.stderr).not.toContain(token);
    const ask = (key: string) => server.request("GET", "/devices", { key });
    expect((await ask(token)).status).toBe(200);
    expect((await ask(`${token.slice(0, -1)}!`)).status).toBe(401);
    expect((await ask("wf_operator_")).status).toBe(401);

    await server.stop("SIGTERM");
    const { status, stderr } = await cli(["devices", "list", ...data]);
    expect([status, stderr]).toEqual([
      1,
      `whatsflow: No server runs on the data folder ${dataDir}. Start it with: whatsflow serve --data ${dataDir}\n`,
    ]);
    // What a kill -9 leaves: a file without a server, or with another one behind its port.
    writeFileSync(operatorFile, text);
    expect((await cli(["devices", "list", ...data])).stderr).toContain("No server runs on the data folder");
    server = await start();
    expect((await server.request("GET", "/devices", { key: token })).status).toBe(401);
    writeFileSync(operatorFile, JSON.stringify({ url: server.baseUrl, token }));
    expect((await cli(["devices", "list", ...data])).stderr).toContain("No server runs on the data folder");
  });

  it.each(["", " add", " list", " reconnect", " logout"])("explains whatsflow devices%s", async (command) => {
    const { status, stdout } = await cli(["devices", ...command.split(" ").filter(Boolean), "--help"]);
    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: whatsflow devices${command} `);
  });
});
