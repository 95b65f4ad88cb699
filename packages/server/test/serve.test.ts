/** `whatsflow serve` as a process: its folder, its lock, its key, and its beginning. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import { cli, cliJson, newDataDir, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";
import { startReceiver } from "./webhook-receiver.js";

const OTHER_KEY = Buffer.alloc(32, 7).toString("base64");
const folders: string[] = [];
const started: RunningServer[] = [];
function newFolder(): string {
  const folder = newDataDir();
  folders.push(folder);
  return folder;
}
async function start(dataDir: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer({ dataDir, env });
  started.push(server);
  return server;
}
const serve = (dataDir: string, env?: Record<string, string>, port = "0") =>
  cli(["serve", "--port", port, "--data", dataDir], env);
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop("SIGKILL")));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
/** Changes the database of an installation behind its back. */
function changeDatabase(dataDir: string, sql: string): void {
  const database = new SqliteDatabase(join(dataDir, "whatsflow.db"));
  database.exec(sql);
  database.close();
}
const hello = { phone_number: "+94771234567", message: "Hello" };

describe("the data folder", () => {
  it("is used by one server at a time; a kill -9 leaves no lock", async () => {
    const dataDir = newFolder();
    const first = await start(dataDir);
    const second = await serve(dataDir);
    expect([second.status, second.stdout]).toEqual([1, ""]);
    expect(second.stderr).toBe(
      `whatsflow: Another whatsflow serve uses the data folder ${dataDir}. Stop it, or give this one another folder with --data.\n`,
    );
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
    await first.stop("SIGKILL");
    const third = await start(dataDir);
    expect(await (await fetch(`${third.url}/healthz`)).json()).toEqual({ status: "ok" });
  });

  it("is for its owner alone", async () => {
    const dataDir = newFolder();
    chmodSync(dataDir, 0o755);
    const server = await start(dataDir);
    await server.request("POST", "/messages/send", { key: await server.createKey(), body: hello });
    expect(modeOf(dataDir)).toBe("700");
    const files = readdirSync(dataDir);
    expect(files).toEqual(
      expect.arrayContaining(["encryption.key", "whatsflow.db", "whatsflow.db-shm", "whatsflow.db-wal"]),
    );
    expect(files.map((file) => `${file} ${modeOf(join(dataDir, file))}`)).toEqual(files.map((file) => `${file} 600`));
  });

  it("is made once, however many begin with it at the same time", async () => {
    const dataDir = newFolder();
    const results = await Promise.all([
      start(dataDir),
      ...["a", "b", "c"].map((name) => cliJson(["accounts", "create", name, "--data", dataDir])),
    ]);
    expect(results).toHaveLength(4);
    const accounts = await cliJson(["accounts", "list", "--data", dataDir]);
    expect(accounts.map(({ name }: { name: string }) => name).sort()).toEqual(["a", "b", "c", "default"]);
  });

  it("may keep its database elsewhere", async () => {
    const dataDir = newFolder();
    const file = join(newFolder(), "deeper", "own.db");
    const env = { WHATSFLOW_DATABASE_URL: `sqlite:${file}` };
    const server = await start(dataDir, env);
    const key = await server.createKey();
    expect((await server.request("GET", "/usage", { key })).status).toBe(200);
    expect([existsSync(file), existsSync(join(dataDir, "whatsflow.db"))]).toEqual([true, false]);
    expect(modeOf(file)).toBe("600");
  });

  it("keeps its mode when it holds something; what a restore left open to others is closed", async () => {
    const dataDir = newFolder();
    const databaseFolder = newFolder();
    chmodSync(databaseFolder, 0o755);
    const env = { WHATSFLOW_DATABASE_URL: `sqlite:${join(databaseFolder, "own.db")}` };
    await cliJson(["accounts", "list", "--data", dataDir]);
    await cliJson(["accounts", "list", "--data", newFolder()], env);
    expect(modeOf(databaseFolder)).toBe("755");

    const files = ["encryption.key", "whatsflow.db", "whatsflow.db.lock"].map((name) => join(dataDir, name));
    await (await start(dataDir)).stop("SIGTERM");
    writeFileSync(join(dataDir, "notes"), "");
    for (const path of [dataDir, join(dataDir, "notes")]) chmodSync(path, 0o755);
    for (const file of files) chmodSync(file, 0o644);
    await start(dataDir);
    expect([dataDir, join(dataDir, "notes")].map(modeOf)).toEqual(["755", "755"]);
    const ours = [...files, join(dataDir, "whatsflow.db-wal"), join(dataDir, "whatsflow.db-shm")];
    expect(ours.map(modeOf)).toEqual(ours.map(() => "600"));
  });
});

describe("the database", () => {
  it("is used by one server at a time, from whatever folder and by whatever name", async () => {
    const home = newFolder();
    const file = join(home, "own.db");
    const link = join(newFolder(), "link.db");
    symlinkSync(file, link);
    const first = await start(newFolder(), { WHATSFLOW_DATABASE_URL: `sqlite:${file}` });
    for (const name of [file, link]) {
      const dataDir = newFolder();
      const { status, stderr } = await serve(dataDir, { WHATSFLOW_DATABASE_URL: `sqlite:${name}` });
      expect([status, stderr]).toEqual([
        1,
        `whatsflow: Another whatsflow serve uses the database ${name}. Stop it, or give this one another with WHATSFLOW_DATABASE_URL.\n`,
      ]);
      expect(readdirSync(dataDir)).not.toContain("encryption.key");
    }
    const elsewhere = { WHATSFLOW_DATABASE_URL: `sqlite:${join(home, "other.db")}` };
    expect((await serve(first.dataDir, elsewhere)).stderr).toContain(`uses the data folder ${first.dataDir}.`);
    expect(existsSync(join(home, "other.db"))).toBe(false);
  });

  it("of a default folder is not to be had by its path either", async () => {
    const { dataDir } = await start(newFolder());
    const file = join(dataDir, "whatsflow.db");
    const { stderr } = await serve(newFolder(), { WHATSFLOW_DATABASE_URL: `sqlite:${file}` });
    expect(stderr).toContain(`Another whatsflow serve uses the database ${file}.`);
  });

  it.each<[string, (dataDir: string) => void, string]>([
    [
      "is no database",
      (dataDir) => writeFileSync(join(dataDir, "whatsflow.db"), Buffer.alloc(10_000, "x")),
      "it is no SQLite database, or is damaged",
    ],
    [
      "is another program's",
      (dataDir) => changeDatabase(dataDir, "create table accounts (id integer)"),
      "it is the database of another program",
    ],
    [
      "is another program's, with migrations",
      (dataDir) => changeDatabase(dataDir, "create table kysely_migration (name text, timestamp text)"),
      "it is the database of another program",
    ],
    ["is a folder", (dataDir) => mkdirSync(join(dataDir, "whatsflow.db")), "it is no file"],
  ])("that %s is told in one sentence, and left as it is", async (_, make, reason) => {
    const dataDir = newFolder();
    const file = join(dataDir, "whatsflow.db");
    make(dataDir);
    chmodSync(file, 0o755);
    const look = () => (statSync(file).isFile() ? readFileSync(file) : undefined);
    const before = look();
    for (const { status, stdout, stderr } of [
      await serve(dataDir),
      await cli(["keys", "list", "--data", dataDir]),
      await cli(["accounts", "create", "a", "--data", dataDir]),
    ])
      expect([status, stdout, stderr]).toEqual([1, "", `whatsflow: The database ${file} cannot be used: ${reason}\n`]);
    expect([look(), modeOf(file)]).toEqual([before, "755"]);
  });

  it("of a newer version is told in one sentence", async () => {
    const dataDir = newFolder();
    await cliJson(["accounts", "list", "--data", dataDir]);
    changeDatabase(dataDir, "insert into kysely_migration values ('9999-next', '2099-01-01T00:00:00.000Z')");
    for (const { status, stderr } of [await serve(dataDir), await cli(["keys", "list", "--data", dataDir])])
      expect([status, stderr]).toEqual([
        1,
        `whatsflow: The database ${join(dataDir, "whatsflow.db")} cannot be used: it was written by a newer version of whatsflow. Start that version, or use another data folder\n`,
      ]);
  });
});

describe("the encryption key", () => {
  it("is made once; without it, or with another, nothing starts", async () => {
    const dataDir = newFolder();
    const keyFile = join(dataDir, "encryption.key");
    await cliJson(["accounts", "list", "--data", dataDir]);
    const key = readFileSync(keyFile);
    const command = () => cli(["keys", "list", "--data", dataDir]);

    rmSync(keyFile);
    for (const { status, stderr } of [await serve(dataDir), await command()]) {
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(/^whatsflow: The encryption key is missing: put .*\n$/),
      ]);
      expect(existsSync(keyFile)).toBe(false);
    }
    writeFileSync(keyFile, "short\n");
    expect(await serve(dataDir)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("holds no encryption key"),
    });
    writeFileSync(keyFile, OTHER_KEY);
    expect(await serve(dataDir)).toMatchObject({
      status: 1,
      stderr: `whatsflow: ${keyFile} is not the encryption key that this database was made with\n`,
    });
    writeFileSync(keyFile, `${key.toString().trim()}!\n`);
    expect((await serve(dataDir)).stderr).toContain("holds no encryption key (32 bytes as base64 or hex)");
    writeFileSync(keyFile, Buffer.from(key.toString(), "base64").toString("hex"));
    expect((await command()).status).toBe(0);
    writeFileSync(keyFile, key);
    expect(await serve(dataDir, { WHATSFLOW_ENCRYPTION_KEY: OTHER_KEY })).toMatchObject({
      status: 1,
      stderr: "whatsflow: WHATSFLOW_ENCRYPTION_KEY is not the encryption key that this database was made with\n",
    });
    await start(dataDir);
  });

  it("may come from the environment; then no file is made", async () => {
    const dataDir = newFolder();
    const server = await start(dataDir, { WHATSFLOW_ENCRYPTION_KEY: OTHER_KEY });
    expect(existsSync(join(dataDir, "encryption.key"))).toBe(false);
    await server.stop("SIGTERM");
    expect(await serve(dataDir)).toMatchObject({ status: 1, stderr: expect.stringContaining("key is missing") });
  });
});

describe("a start that fails", () => {
  const serveDev = (dataDir: string) => cli(["serve", "--dev", "--port", "0", "--data", dataDir]);

  it("since the port is in use is told in one sentence, and has delivered nothing", async () => {
    const dataDir = newFolder();
    const receiver = await startReceiver();
    receiver.hangs = true;
    const server = await start(dataDir);
    const key = await server.createKey();
    const webhook = { url: receiver.url, events: ["message.sent"] };
    await server.request("POST", "/webhooks", { key, body: webhook });
    await server.request("POST", "/messages/send", { key, body: hello });
    await eventually(() => receiver.requests.length === 1, "the delivery");
    await server.stop("SIGKILL");

    const busy = createServer();
    const port = await listening(busy);
    const { status, stderr } = await serve(dataDir, {}, port);
    busy.close();
    expect(status).toBe(1);
    // A server that has begun would tell that the delivery was interrupted.
    expect(stderr).toMatch(
      new RegExp(
        `^whatsflow: Cannot listen on 127\\.0\\.0\\.1:${port}: .*EADDRINUSE.*\\. Choose another port with --port or WHATSFLOW_PORT; through npm: npm start -- --port 3000\n$`,
      ),
    );
    expect(receiver.requests).toHaveLength(1);
    expect(existsSync(join(dataDir, "whatsflow.db-wal"))).toBe(false);
    receiver.hangs = false;
    await start(dataDir);
    await eventually(() => receiver.requests.length === 2, "the delivery after the start");
    await receiver.close();
  });

  it("before it listens, or after, ends the process and lets go of the folder", async () => {
    const dataDir = newFolder();
    await (await start(dataDir)).stop("SIGTERM");
    const faults = [
      ["update settings set value = x'00' where name = 'dev_key'", "delete from settings where name = 'dev_key'"],
      ["alter table deliveries rename to away", "alter table away rename to deliveries"],
    ] as const;
    for (const [damage, repair] of faults) {
      changeDatabase(dataDir, damage);
      const { status, signal, stdout, stderr } = await serveDev(dataDir);
      expect([status, signal, stdout]).toEqual([1, null, ""]);
      expect(stderr).not.toContain('"msg":"listening"');
      expect(existsSync(join(dataDir, "operator.json"))).toBe(false);
      changeDatabase(dataDir, repair);
    }
    await start(dataDir);
  });
});

/** The port of a server that listens on one of its own. */
async function listening(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return typeof address === "object" && address ? String(address.port) : "";
}
