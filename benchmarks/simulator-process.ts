/** WhatsApp, simulated, in a process of its own: what it does takes nothing from those who are measured. */
import { setTimeout } from "node:timers/promises";
import { type Person, type Phone, startSimulator } from "../packages/whatsapp-simulator/src/index.js";
import { obey, sharedNow } from "./worker.js";

const whatsapp = await startSimulator();
const phones = new Map<string, Phone>();
const people = new Map<string, Person>();

/** When messages of people went onto the wire, by their ids. */
const onWire = new Map<string, number>();
whatsapp.observe(({ direction, stanza }) => {
  if (direction === "to client" && stanza.tag === "message") onWire.set(stanza.attrs.id ?? "", sharedNow());
});

function phone(phoneNumber: string): Phone {
  const found = phones.get(phoneNumber) ?? whatsapp.createPhone({ phoneNumber, name: "Acme" });
  phones.set(phoneNumber, found);
  return found;
}

function person(phoneNumber: string): Person {
  const found = people.get(phoneNumber) ?? whatsapp.createPerson({ phoneNumber, name: `Ana ${phoneNumber}` });
  people.set(phoneNumber, found);
  return found;
}

async function write(from: string, to: string, text: string): Promise<number> {
  const { id } = await person(from).send(phone(to), { text });
  const at = onWire.get(id);
  if (at === undefined) throw new Error(`${to} has no client that is connected`);
  return at;
}

const commands = {
  async address() {
    return { url: whatsapp.url, root: whatsapp.rootPublicKeyHex };
  },
  async scan(phoneNumber: string, qr: string) {
    await phone(phoneNumber).scan(qr);
  },
  /** People, and the phone itself, write to the phone's client: from then on both sides have answered, as in any chat in use. */
  async greet(phoneNumber: string, numbers: string[]) {
    for (const number of numbers) {
      await write(number, phoneNumber, "Hello");
      await phone(phoneNumber).send(person(number), { text: "Hello" });
    }
    await phone(phoneNumber).whenDelivered({ timeoutMs: 30_000 });
  },
  /** So many messages of these people in turn, as fast as they can be encrypted. Returns when the first was on the wire, and the last. */
  async burst(to: string, from: string[], count: number) {
    const times: number[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      times.push(await write(from[sent % from.length] ?? "", to, `Burst ${sent}`));
    }
    return { first: times[0] ?? Number.NaN, last: times.at(-1) ?? Number.NaN };
  },
  /** Messages at a steady pace, `Trickle 0` and so on. Returns when each was on the wire. */
  async trickle(to: string, from: string[], count: number, everyMs: number) {
    const times: number[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      times.push(await write(from[sent % from.length] ?? "", to, `Trickle ${sent}`));
      await setTimeout(everyMs);
    }
    return times;
  },
  /** The client's session is opened elsewhere, which a client does not contest. */
  async replace(phoneNumber: string) {
    phone(phoneNumber).openElsewhere();
    await phone(phoneNumber).whenDisconnected();
  },
  /** Throws when a client sent anything that the simulator does not speak. */
  async check() {
    whatsapp.assertUnderstood();
  },
};

export type SimulatorCommands = typeof commands;
obey(commands);
