/** kill -9 while messages come and go: nothing is lost, nothing is doubled, and everything can be read. */
import { rmSync } from "node:fs";
import type { Person, Phone, Simulator } from "@whatsflow/whatsapp-simulator";
import { describe, expect, it, onTestFinished } from "vitest";
import { checkEvent } from "./contract-check.js";
import { seededRandom } from "./random.js";
import { cliJson, newDataDir, type RunningServer, startServer } from "./running-server.js";
import { eventually } from "./test-app.js";
import { startReceiver, type WebhookReceiver } from "./webhook-receiver.js";
import { pointingAt, startWhatsApp } from "./whatsapp-stage.js";

/** In the titles of the tests, so that a failure tells it; put it here to see the same moments again. */
const SEED = Date.now() % 1_000_000;
const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));

/** A server in a process of its own, linked to a phone. */
class Stage {
  server!: RunningServer;
  key = "";
  private readonly dataDir = newDataDir();

  constructor(
    readonly whatsapp: Simulator,
    readonly receiver: WebhookReceiver,
    readonly phone: Phone,
    readonly ana: Person,
  ) {}

  async start(): Promise<void> {
    this.server = await startServer({ dataDir: this.dataDir, env: pointingAt(this.whatsapp) });
  }

  /** kill -9, and a new process. */
  async restart(): Promise<void> {
    await this.kill();
    await this.start();
    await this.phone.whenConnected();
  }

  async kill(): Promise<void> {
    const { signal } = await this.server.stop("SIGKILL");
    expect(signal).toBe("SIGKILL");
  }

  async end(): Promise<void> {
    await this.server.stop("SIGKILL");
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async pair(): Promise<void> {
    await cliJson(["accounts", "set-plan", "default", "--per-minute", "1000000000", "--data", this.dataDir]);
    this.key = await this.server.createKey("--mode", "live");
    const { id } = (await this.request("POST", "/devices", { device_name: "Main Line" })).body.data;
    const { qr } = (await this.request("GET", `/devices/${id}/qr`)).body.data;
    await this.phone.scan(qr);
    await eventually(
      async () => (await this.request("GET", `/devices/${id}/status`)).body.data.status === "connected" || undefined,
      "the device connecting",
    );
    const events = ["message.received", "message.sent", "message.delivered", "message.failed"];
    const { body } = await this.request("POST", "/webhooks", { url: this.receiver.url, events });
    this.receiver.secret = body.data.secret;
  }

  request(method: string, path: string, body?: unknown) {
    return this.server.request(method, path, { key: this.key, body });
  }

  /** The answer, or undefined when the server is killed before it comes. */
  async send(message: string): Promise<string | undefined> {
    const body = { phone_number: `+${this.ana.phoneNumber}`, message };
    return this.request("POST", "/messages/send", body).then(
      (answer) => answer.body.data?.message_id,
      () => undefined,
    );
  }

  /** Sends until the server says yes; it is not connected at once after a start. */
  async sendSurely(message: string): Promise<string> {
    return eventually(() => this.send(message), `sending ${message}`);
  }

  async messages(direction: string): Promise<{ id: string; content: string; status: string }[]> {
    return (await this.request("GET", `/messages?limit=100&direction=${direction}`)).body.data.reverse();
  }

  get told(): string[] {
    for (const event of this.receiver.events) checkEvent(event);
    return this.receiver.events.filter(({ event }) => event === "message.received").map(({ data }) => data.message);
  }
}

async function setStage(seed: number): Promise<Stage> {
  const whatsapp = await startWhatsApp(seed);
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const phone = whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
  const ana = whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
  const stage = new Stage(whatsapp, receiver, phone, ana);
  await stage.start();
  onTestFinished(() => stage.end());
  await stage.pair();
  return stage;
}

// Each starts up to seven processes, one after the other.
describe(`killed (seed ${SEED})`, { timeout: 180_000 }, () => {
  it("between the write of a message and the commit of its keys: this one and the next are read, and shown once", async () => {
    const stage = await setStage(SEED);
    const { whatsapp, ana, phone } = stage;
    await stage.sendSurely("warm-up");
    await ana.send(phone, { text: "answer" });
    await eventually(() => stage.told.includes("answer") || undefined, "the answer");
    const expected = ["warm-up"];
    for (let round = 0; round < 4; round += 1) {
      const killed = new Promise<void>((resolve, reject) => {
        const stop = whatsapp.observe(({ stanza, direction }) => {
          if (direction !== "from client" || stanza.tag !== "message") return;
          stop();
          // Synchronously, before the acknowledgement leaves.
          stage.kill().then(resolve, reject);
        });
      });
      expected.push(`first ${round}`, `second ${round}`);
      void stage.send(`first ${round}`);
      await killed;
      await stage.restart();
      await stage.sendSurely(`second ${round}`);
      await eventually(() => ana.shown.length >= expected.length || undefined, `round ${round}`);
    }
    expect(ana.shown.map(({ text }) => text)).toEqual(expected);
    expect(ana.undecryptable.filter(({ alreadyShown }) => !alreadyShown)).toEqual([]);
    await eventually(
      async () => (await stage.messages("outbound")).every(({ status }) => status === "delivered") || undefined,
      "all being delivered",
    );
  });

  it("in the middle of sending, at random moments: all that was accepted arrives, once and in order", async () => {
    const stage = await setStage(SEED);
    const random = seededRandom(SEED);
    await stage.sendSurely("hello");
    for (let round = 0; round < 4; round += 1) {
      const burst = Array.from({ length: 15 }, (_, index) => stage.send(`${round}-${index}`));
      await pause(random() * 60);
      await stage.restart();
      await Promise.all(burst);
    }
    await stage.sendSurely("bye");
    const accepted = (await stage.messages("outbound")).map(({ content }) => content);
    await eventually(() => stage.ana.shown.length >= accepted.length || undefined, "everything accepted arriving");
    expect(stage.ana.shown.map(({ text }) => text)).toEqual(accepted);
  });

  it("as it acknowledges a receipt, which never comes again: what the receipt said is kept", async () => {
    const stage = await setStage(SEED);
    for (const text of ["one", "two", "three"]) {
      const killed = new Promise<void>((resolve, reject) => {
        const stop = stage.whatsapp.observe(({ stanza, direction }) => {
          if (direction !== "from client" || stanza.tag !== "ack" || stanza.attrs.class !== "receipt") return;
          stop();
          stage.kill().then(resolve, reject);
        });
      });
      void stage.send(text);
      await killed;
      await stage.start();
      const [message] = (await stage.messages("outbound")).slice(-1);
      expect(message).toMatchObject({ content: text, status: "delivered" });
      await stage.phone.whenConnected();
    }
  });

  it("in the middle of receiving: nothing is lost, nothing is doubled", async () => {
    const stage = await setStage(SEED);
    const { whatsapp, ana, phone } = stage;
    const random = seededRandom(SEED);
    const expected: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      const atReceipt = Math.floor(random() * 8);
      let receipts = 0;
      const killed = new Promise<void>((resolve, reject) => {
        const stop = whatsapp.observe(({ stanza, direction }) => {
          if (direction !== "from client" || stanza.tag !== "receipt") return;
          if (receipts++ < atReceipt) return;
          stop();
          // The receipt is out; what it is about may not be stored.
          stage.kill().then(resolve, reject);
        });
      });
      for (let index = 0; index < 12; index += 1) {
        expected.push(`${round}-${index}`);
        await ana.send(phone, { text: `${round}-${index}` });
      }
      await killed;
      await stage.start();
      await phone.whenConnected();
      await phone.whenDelivered();
    }
    await eventually(() => stage.told.length >= expected.length || undefined, "all being told");
    expect([...stage.told].sort()).toEqual([...expected].sort());
    expect((await stage.messages("inbound")).map(({ content }) => content)).toEqual(expected);
  });

  it("while nobody is there, messages wait", async () => {
    const stage = await setStage(SEED);
    await stage.kill();
    for (const text of ["one", "two", "three"]) await stage.ana.send(stage.phone, { text });
    await stage.start();
    await eventually(() => stage.told.length === 3 || undefined, "the backlog");
    expect((await stage.messages("inbound")).map(({ content }) => content)).toEqual(["one", "two", "three"]);
  });

  it("SIGTERM ends it, connected as it is, with nothing left to cut off; the keys are not in its log", async () => {
    const stage = await setStage(SEED);
    await stage.sendSurely("hello");
    const { status, stdout, stderr } = await stage.server.stop("SIGTERM");
    expect(status).toBe(0);
    for (const text of ["cutting off", "SessionEntry", "privKey", "hello", "15550002222"])
      expect(stdout + stderr).not.toContain(text);
  });
});
