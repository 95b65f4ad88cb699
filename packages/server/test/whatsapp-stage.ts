import { type Phone, type Simulator, startSimulator } from "@whatsflow/whatsapp-simulator";
import { onTestFinished } from "vitest";
import type { Clock } from "../src/clock.js";
import { checkEvent } from "./contract-check.js";
import { eventually, startTestApp, type TestApp } from "./test-app.js";
import { startReceiver, type WebhookReceiver } from "./webhook-receiver.js";

/** What tells a server of its own WhatsApp. */
export const pointingAt = (whatsapp: Simulator): Record<string, string> => ({
  WHATSFLOW_WHATSAPP_URL: whatsapp.url,
  WHATSFLOW_WHATSAPP_ROOT: whatsapp.rootPublicKeyHex,
});

/** A WhatsApp that fails the test at its end when the server sent anything that it does not speak. */
export async function startWhatsApp(seed = 1): Promise<Simulator> {
  const whatsapp = await startSimulator({ seed });
  onTestFinished(() => whatsapp.close());
  return whatsapp;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers that the contract check has validated
type Body = any;

/** A server, its WhatsApp, a live key, and a webhook for everything. */
export interface Stage {
  whatsapp: Simulator;
  app: TestApp;
  key: string;
  receiver: WebhookReceiver;
  request(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }>;
  /** A new device, linked to a phone and connected. */
  pair(phone: Phone, name?: string): Promise<string>;
  send(phoneNumber: string, message: string, more?: object): Promise<{ status: number; body: Body }>;
  message(id: string): Promise<Body>;
  /** The events so far, each checked against the contract. */
  events(name?: string): { event: string; data: Body }[];
  whenEvent(name: string, fits?: (data: Body) => boolean): Promise<Body>;
  /** What that many events of this name tell, in the order in which their messages are stored: webhooks hear them in any order. */
  whenEvents(name: string, count: number): Promise<Body[]>;
  whenStatus(messageId: string, status: string): Promise<Body>;
  whenDevice(id: string, status: string, reason?: string): Promise<Body>;
}

const EVENTS = [
  "message.received",
  "message.sent",
  "message.delivered",
  "message.read",
  "message.failed",
  "group.message.received",
  "device.connected",
  "device.disconnected",
  "device.qr_updated",
  "device.restricted",
];

export async function setStage({ seed = 1, clock }: { seed?: number; clock?: Clock } = {}): Promise<Stage> {
  const whatsapp = await startWhatsApp(seed);
  const app = await startTestApp({ env: pointingAt(whatsapp), ...(clock && { clock }) });
  onTestFinished(() => app.close());
  await app.setPlan("default", 1_000_000);
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const key = await app.createKey({ mode: "live" });
  const stage = stageOver({ whatsapp, app, key, receiver });
  const { body } = await stage.request("POST", "/webhooks", { url: receiver.url, events: EVENTS });
  receiver.secret = body.data.secret;
  return stage;
}

function stageOver({ whatsapp, app, key, receiver }: Pick<Stage, "whatsapp" | "app" | "key" | "receiver">): Stage {
  const request: Stage["request"] = (method, path, body) => app.request(method, path, { key, body });
  const message = async (id: string) => (await request("GET", `/messages/${id}`)).body.data;
  const events = (name?: string) => {
    for (const event of receiver.events) checkEvent(event);
    return receiver.events.filter(({ event }) => name === undefined || event === name);
  };
  const whenDevice: Stage["whenDevice"] = (id, status, reason) =>
    eventually(
      async () => {
        const { data } = (await request("GET", `/devices/${id}/status`)).body;
        return data.status === status && (reason === undefined || data.reason === reason) ? data : undefined;
      },
      `${id} becoming ${status} ${reason ?? ""}`,
    );
  return {
    whatsapp,
    app,
    key,
    receiver,
    request,
    async pair(phone, name = "Main Line") {
      const { body } = await request("POST", "/devices", { device_name: name });
      const { id } = body.data;
      const qr = await request("GET", `/devices/${id}/qr`);
      await phone.scan(qr.body.data.qr);
      await whenDevice(id, "connected");
      return id;
    },
    send: (phone_number, text, more = {}) =>
      request("POST", "/messages/send", { phone_number, message: text, ...more }),
    message,
    events,
    whenEvent: (name, fits = () => true) =>
      eventually(() => events(name).find(({ data }) => fits(data))?.data, `the event ${name}`),
    async whenEvents(name, count) {
      const found = await eventually(() => {
        const told = events(name);
        return told.length >= count ? told.map(({ data }) => data) : undefined;
      }, `${count} events ${name}`);
      const { data } = (await request("GET", "/messages?limit=100")).body;
      const ids = data.map(({ id }: { id: string }) => id).reverse();
      return found.sort((one, other) => ids.indexOf(one.message_id) - ids.indexOf(other.message_id));
    },
    whenStatus: (id, status) =>
      eventually(async () => {
        const found = await message(id);
        return found.status === status ? found : undefined;
      }, `${id} becoming ${status}`),
    whenDevice,
  };
}
