import { afterEach } from "vitest";
import { type Person, type Phone, type Simulator, startSimulator } from "../src/index.js";
import { type Client, linkedClient } from "./client.js";

export interface Stage {
  whatsapp: Simulator;
  phone: Phone;
  ana: Person;
  ben: Person;
  client: Client;
}

const cleanups: (() => Promise<unknown>)[] = [];

/** Runs after the test, the last one first. */
export function afterwards(cleanup: () => Promise<unknown>): void {
  cleanups.push(cleanup);
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A simulator that fails the test at its end when a client sent something it does not speak. */
export async function startWhatsApp(): Promise<Simulator> {
  const whatsapp = await startSimulator();
  afterwards(() => whatsapp.close());
  return whatsapp;
}

/** Two people, and a phone with one client linked and logged in. */
export async function setStage(config: Parameters<typeof linkedClient>[2] = {}): Promise<Stage> {
  const whatsapp = await startWhatsApp();
  const phone = whatsapp.createPhone({ phoneNumber: "15550001111", name: "Acme" });
  const ana = whatsapp.createPerson({ phoneNumber: "15550002222", name: "Ana" });
  const ben = whatsapp.createPerson({ phoneNumber: "15550003333", name: "Ben" });
  const client = await linkedClient(whatsapp, phone, config);
  afterwards(() => client.stop());
  return { whatsapp, phone, ana, ben, client };
}
