/** `GET /readyz`: what it says while a server starts, runs, lacks something, and stops. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import pino from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../src/clock.js";
import { createReadiness, type ReadinessOptions, type ReadinessReport } from "../src/readiness.js";
import { createFakeClock } from "./fake-clock.js";
import { createFakeTransport } from "./fake-transport.js";
import { freePort } from "./free-port.js";
import { newDataDir, startCli, startServer } from "./running-server.js";
import { eventually, startTestApp, type TestApp } from "./test-app.js";

const OK = { status: "ok" };
const ALL_OK = { server: OK, deliveries: OK, database: OK, migrations: OK, disk: OK, devices: OK };
const apps: TestApp[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
async function start(options: Parameters<typeof startTestApp>[0] = {}): Promise<TestApp> {
  const app = await startTestApp(options);
  apps.push(app);
  return app;
}
function newFolder(): string {
  const folder = newDataDir();
  folders.push(folder);
  return folder;
}

async function ask(url: string): Promise<{ code: number; report: ReadinessReport }> {
  const response = await fetch(`${url}/readyz`);
  const report: unknown = await response.json();
  if (!isReport(report)) throw new Error(`This is no report: ${JSON.stringify(report)}`);
  return { code: response.status, report };
}
const isReport = (body: unknown): body is ReadinessReport =>
  typeof body === "object" && body !== null && "status" in body && "checks" in body;
const changeDatabase = (dataDir: string, sql: string) => {
  const database = new SqliteDatabase(join(dataDir, "whatsflow.db"));
  database.exec(sql);
  database.close();
};

describe("a server that runs", () => {
  it("is ready, and says so for each check", async () => {
    const { url } = await start();
    expect(await ask(url)).toEqual({ code: 200, report: { status: "ready", checks: ALL_OK } });
    expect((await fetch(`${url}/readyz`)).headers.get("cache-control")).toBe("no-store");
  });

  it("is not ready while its database cannot be written, and ready again after", async () => {
    const clock = createFakeClock();
    const app = await start({ clock });
    const other = new SqliteDatabase(join(app.dataDir, "whatsflow.db"));
    other.exec("begin immediate");
    const { code, report } = await ask(app.url);
    other.exec("rollback");
    other.close();
    const database = { status: "failing", message: "The database cannot be written: database is locked" };
    expect([code, report]).toEqual([503, { status: "not_ready", checks: { ...ALL_OK, database } }]);
    clock.advance(1_000);
    expect((await ask(app.url)).code).toBe(200);
  });

  it("is not ready when a newer version has migrated its database", async () => {
    const clock = createFakeClock();
    const app = await start({ clock });
    expect((await ask(app.url)).code).toBe(200);
    changeDatabase(app.dataDir, "insert into kysely_migration values ('9999-next', '2099-01-01T00:00:00.000Z')");
    expect((await ask(app.url)).code).toBe(200);
    clock.advance(1_000);
    const { code, report } = await ask(app.url);
    expect([code, report.checks.migrations]).toEqual([
      503,
      { status: "failing", message: expect.stringContaining("Restart the server with that version") },
    ]);
    changeDatabase(app.dataDir, "delete from kysely_migration");
    clock.advance(1_000);
    expect((await ask(app.url)).report.checks.migrations).toMatchObject({ status: "failing" });
  });

  it("is not ready while deliveries cannot be claimed, and ready again when they can", async () => {
    const clock = createFakeClock();
    const app = await start({ clock });
    const webhook = { url: "http://127.0.0.1:65000/nobody", events: ["message.sent"] };
    expect((await app.request("POST", "/webhooks", { body: webhook })).status).toBe(201);
    changeDatabase(app.dataDir, "alter table webhooks rename column secret to another");
    const sent = { phone_number: "+12025550150", message: "Hi" };
    expect((await app.request("POST", "/messages/send", { body: sent })).status).toBe(200);
    const failing = await eventually(async () => {
      clock.advance(1_000);
      const { code, report } = await ask(app.url);
      return code === 503 ? report.checks : undefined;
    }, "a claim that fails");
    const deliveries = { status: "failing", message: "Webhooks are not being delivered. The log says why" };
    expect(failing).toEqual({ ...ALL_OK, deliveries });
    clock.advance(1_000);
    expect((await ask(app.url)).report.checks).toEqual({ ...ALL_OK, deliveries });

    changeDatabase(app.dataDir, "alter table webhooks rename column another to secret");
    await eventually(async () => {
      clock.advance(1_000);
      return (await ask(app.url)).code === 200 || undefined;
    }, "a claim that works");
  });

  it("warns of a live device without a connection, and goes on being ready", async () => {
    const clock = createFakeClock();
    const whatsapp = createFakeTransport(systemClock);
    const app = await start({ clock, transports: { live: whatsapp } });
    const key = await app.createKey({ mode: "live" });
    const { body } = await app.request("POST", "/devices", { key, body: { device_name: "Sales Line" } });
    const { id } = body.data;
    const devices = async () => {
      clock.advance(1_000);
      const { code, report } = await ask(app.url);
      expect(code).toBe(200);
      return report.checks.devices;
    };
    await whatsapp.pair(id, "+94770000001");
    expect(await devices()).toEqual(OK);
    await whatsapp.change(id, { status: "disconnected", reason: "connection_lost" });
    expect(await devices()).toEqual({
      status: "warning",
      message: "A live device has lost its connection. GET /devices says which",
    });
    await whatsapp.change(id, { status: "disconnected", reason: "logged_out" });
    expect(await devices()).toEqual(OK);
  });
});

describe("the checks", () => {
  async function probe(some: Partial<ReadinessOptions> = {}) {
    // Whose clock stands still, so that it writes nothing by itself.
    const app = await start({ clock: createFakeClock() });
    const clock = createFakeClock();
    const { store } = app;
    const databaseFile = join(app.dataDir, "whatsflow.db");
    const log = pino({ level: "silent" });
    const readiness = createReadiness({ store, clock, log, databaseFile, isDelivering: () => true, ...some });
    return { readiness, clock, store };
  }

  it("name a disk that is nearly full", async () => {
    const { readiness } = await probe({ leastFreeBytes: Number.MAX_SAFE_INTEGER });
    readiness.begin();
    const { status, checks } = await readiness.report();
    expect([status, checks.disk]).toEqual([
      "not_ready",
      { status: "failing", message: expect.stringMatching(/^Less than \d+ MB are free/) },
    ]);
  });

  it("name deliveries that nobody makes", async () => {
    const { readiness } = await probe({ isDelivering: () => false });
    readiness.begin();
    expect((await readiness.report()).checks).toEqual({
      ...ALL_OK,
      deliveries: { status: "failing", message: "Webhooks are not being delivered. The log says why" },
    });
  });

  it("wait 3 seconds for a write, and queue no other one behind it", async () => {
    const { store } = await probe();
    let writes = 0;
    const hanging: typeof store.write = () => {
      writes += 1;
      return new Promise(() => {});
    };
    const { readiness, clock } = await probe({ store: { ...store, write: hanging } });
    readiness.begin();
    for (let round = 0; round < 2; round += 1) {
      const asked = readiness.report();
      clock.advance(3_000);
      expect((await asked).checks.database).toEqual({
        status: "failing",
        message: "The database has not committed a write within 3 seconds",
      });
    }
    expect(writes).toBe(1);
  });

  it("write at most once a second, however often they are asked for", async () => {
    const { readiness, clock, store } = await probe();
    readiness.begin();
    let commits = 0;
    store.onCommit(() => {
      commits += 1;
    });
    await Promise.all(Array.from({ length: 20 }, () => readiness.report()));
    await readiness.report();
    expect(commits).toBe(1);
    clock.advance(1_000);
    await readiness.report();
    expect(commits).toBe(2);
  });

  it("say that it stops; who has been asking is waited for until it knows, for 4 seconds", async () => {
    const { readiness, clock } = await probe();
    readiness.begin();
    await readiness.report();
    let over = false;
    const ended = readiness.end().then(() => {
      over = true;
    });
    clock.advance(3_999);
    await Promise.resolve();
    expect(over).toBe(false);
    clock.advance(1);
    await ended;
    expect((await readiness.report()).checks.server).toEqual({ status: "failing", message: "The server is stopping" });
  });

  it("keep nobody waiting who was never asked for, or not for half a minute", async () => {
    await (await probe()).readiness.end();
    const { readiness, clock } = await probe();
    await readiness.report();
    clock.advance(30_001);
    await readiness.end();
  });
});

describe("a started server", () => {
  it("says that it is starting, then that it is ready", async () => {
    const dataDir = newFolder();
    const first = await startServer({ dataDir });
    const key = await first.createKey();
    await first.request("POST", "/messages/send", { key, body: { phone_number: "+94771234567", message: "Hello" } });
    await first.stop("SIGTERM");
    // Much to do at the start: messages that have expired meanwhile.
    changeDatabase(
      dataDir,
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
       insert into messages (id, space_id, device_id, contact_id, direction, message_type, content, status, origin, expires_at, created_at)
       select 'msg_late' || i, space_id, device_id, contact_id, direction, message_type, content, 'pending', origin, 1, created_at
       from messages, n`,
    );
    const port = await freePort();
    const server = startCli(["serve", "--data", dataDir, "--port", String(port)], { WHATSFLOW_LOG_LEVEL: "silent" });
    const heard = new Set<string>();
    try {
      await eventually(async () => {
        const { code, report } = await ask(`http://127.0.0.1:${port}`).catch(() => ({ code: 0, report: undefined }));
        const told = report?.checks.server;
        // Begun, and yet not ready: on a slow disk, what was looked at while it started says so for a moment.
        if (told && !(code === 503 && told.status === "ok"))
          heard.add(`${code} ${told.status === "ok" ? "ok" : told.message}`);
        return code === 200;
      }, "the start");
    } finally {
      await server.stop("SIGKILL");
    }
    expect([...heard]).toEqual(["503 The server is starting", "200 ok"]);
  });

  it("says that it stops before it closes its doors, to whoever watches it", async () => {
    const server = await startServer({ dataDir: newFolder() });
    expect((await ask(server.url)).code).toBe(200);
    const ended = server.stop("SIGTERM");
    await eventually(() => server.printed.stderr.includes('"msg":"stopping"'), "the stop");
    const { code, report } = await ask(server.url);
    expect([code, report.status, report.checks.server]).toEqual([
      503,
      "not_ready",
      { status: "failing", message: "The server is stopping" },
    ]);
    expect((await ended).status).toBe(0);
  });
});
