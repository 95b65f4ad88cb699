/** A simulated WhatsApp with a server and a bare Baileys linked to it, each a process of its own. */
import { setTimeout } from "node:timers/promises";
import type { BareCommands } from "./bare-baileys.js";
import { COLLECTING_GARBAGE, type RunningWhatsFlow, startWhatsFlow } from "./processes.js";
import type { SimulatorCommands } from "./simulator-process.js";
import { startWorker, type Worker } from "./worker.js";

interface Stage {
  whatsapp: Worker<SimulatorCommands>;
  server: RunningWhatsFlow;
  bare: Worker<BareCommands>;
  /** Asks the server's API; an answer that is not 2xx fails the benchmark. */
  request<Data>(method: string, path: string, body?: object): Promise<Data>;
  /** Links a new device of the server to a phone, and returns its id. */
  pairServer(phoneNumber: string): Promise<string>;
  /** Links a new bare socket, named by the number of its phone. */
  pairBare(phoneNumber: string): Promise<void>;
  whenConnected(deviceId: string): Promise<void>;
  stop(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const whatsapp = startWorker<SimulatorCommands>("simulator-process.ts");
  const address = await whatsapp.ask("address");
  const bare = startWorker<BareCommands>("bare-baileys.ts", COLLECTING_GARBAGE);
  await bare.ask("connectTo", address);
  const server = await startWhatsFlow({
    mode: "live",
    env: {
      WHATSFLOW_WHATSAPP_URL: address.url,
      WHATSFLOW_WHATSAPP_ROOT: address.root,
      WHATSFLOW_WEBHOOK_ALLOW: "127.0.0.1",
    },
    nodeOptions: COLLECTING_GARBAGE,
  });

  async function request<Data>(method: string, path: string, body?: object): Promise<Data> {
    const response = await fetch(server.baseUrl + path, {
      method,
      headers: server.headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Data;
  }

  async function whenConnected(deviceId: string): Promise<void> {
    for (;;) {
      const { data } = await request<{ data: { status: string } }>("GET", `/devices/${deviceId}/status`);
      if (data.status === "connected") return;
      await setTimeout(5);
    }
  }

  return {
    whatsapp,
    server,
    bare,
    request,
    whenConnected,
    async pairServer(phoneNumber) {
      const { data } = await request<{ data: { id: string } }>("POST", "/devices", { device_name: phoneNumber });
      const code = await request<{ data: { qr: string } }>("GET", `/devices/${data.id}/qr`);
      await whatsapp.ask("scan", phoneNumber, code.data.qr);
      await whenConnected(data.id);
      return data.id;
    },
    async pairBare(phoneNumber) {
      await whatsapp.ask("scan", phoneNumber, await bare.ask("add", phoneNumber));
      await bare.ask("whenOpen", phoneNumber);
    },
    async stop() {
      await whatsapp.ask("check");
      await Promise.all([server.stop(), bare.stop()]);
      await whatsapp.stop();
    },
  };
}
