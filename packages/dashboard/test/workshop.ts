/** What the screenshots show: an invented bicycle workshop, whose numbers are set aside for fiction (Ofcom's, and 555 01xx). */
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Person, Phone, Simulator } from "@whatsflow/whatsapp-simulator";
import { pairDevice } from "./paired-device.js";
import { ANA, acceptLink } from "./signing-in.js";
import { memberOf, type WhatsFlow } from "./whatsflow.js";
import { age } from "./workshop-times.js";

const PATIENCE_MS = 20_000;

const PEOPLE = {
  maya: { phoneNumber: "447700900114", name: "Maya" },
  jonas: { phoneNumber: "447700900187", name: "Jonas" },
  priya: { phoneNumber: "447700900142", name: "Priya" },
  oliver: { phoneNumber: "447700900163", name: "Oliver" },
  stranger: { phoneNumber: "12025550147" },
  elif: { phoneNumber: "447700900129", name: "Elif" },
  tom: { phoneNumber: "447700900175", name: "Tom" },
};
type Name = keyof typeof PEOPLE;
type Status = "sent" | "delivered" | "read";

/** Minutes ago, with whom, through which device, which way it went or how far it got, and what. */
export type Line = readonly [number, Name, "sales" | "repairs", "received" | Status, string];
const LINES: readonly Line[] = [
  [2970, "tom", "sales", "received", "Do you take old bikes in part exchange?"],
  [2955, "tom", "sales", "read", "We do, if the frame is sound. Bring it by and we will have a look."],
  [2940, "tom", "sales", "received", "Great, Thursday then!"],
  [1710, "elif", "repairs", "received", "The brake squeals again after the rain."],
  [1695, "elif", "repairs", "read", "Sorry to hear that! Come in any morning, the new pads are on us."],
  [1590, "maya", "repairs", "received", "Hi! I left the green city bike with you. Do you know yet what it will cost?"],
  [1572, "maya", "repairs", "read", "Hello Maya! Chain and cassette are worn: £64 with labour. Shall we go ahead?"],
  [1530, "jonas", "repairs", "received", "Can I bring the tandem for a service on Tuesday?"],
  [1512, "jonas", "repairs", "read", "With pleasure: Tuesday, 9:30. It takes until the evening."],
  [262, "stranger", "sales", "received", "Are you open on Sunday?"],
  [258, "stranger", "sales", "delivered", "From April to September, 10 to 4. Today until 6!"],
  [171, "oliver", "sales", "sent", "Your order NC-2207 has arrived: one pair of panniers, black."],
  [96, "priya", "sales", "received", "Is the blue touring frame in the window a 54?"],
  [93, "priya", "sales", "read", "It is a 56. A 54 comes on Friday; shall we put it aside for you?"],
  [90, "priya", "sales", "received", "Please do. Can I ride it on Saturday?"],
  [64, "maya", "repairs", "read", "Your bike is ready. We trued the front wheel as well, at no extra cost."],
  [58, "maya", "repairs", "received", "Wonderful, thank you! Until when are you there today?"],
  [57, "maya", "repairs", "read", "Until 6. The invoice is in your mail."],
  [
    34,
    "jonas",
    "repairs",
    "delivered",
    "Your service is booked for tomorrow at 9:30. Answer 1 to confirm, 2 to change it.",
  ],
  [21, "maya", "repairs", "received", "On my way. Do you have lights that fit the handlebar?"],
  [18, "maya", "repairs", "delivered", "Several, from £19. We will lay some out for you."],
];

/** Addresses that webhooks are shown with; meanwhile they lead to a receiver on this machine, which answers for each. */
const WEBHOOKS = [
  {
    url: "https://customers.example.com/hooks/whatsapp",
    description: "Customer records",
    events: ["message.received", "message.sent", "message.failed", "device.disconnected"],
    statusAfter: () => 200,
  },
  {
    url: "https://calendar.example.com/whatsflow",
    description: "Bookings",
    events: ["message.received"],
    statusAfter: (heard: number) => (heard > 7 ? 503 : 200),
  },
];

const KEYS = [
  ["Shop website", "messages:send", "1y"],
  ["Reports", "messages:read,contacts:read,events:read", "90d"],
  ["Customer records", "all", undefined],
] as const;

/** Fills a server that nobody has signed in to yet. */
export async function openWorkshop(server: WhatsFlow, whatsapp: Simulator): Promise<void> {
  await acceptLink(server, server.firstLink, ANA);
  for (const name of ["Ben", "Chloe"]) {
    const link = String(memberOf(await server.run("users", "invite"), "url"));
    await acceptLink(server, link, { name, password: `${name} rings three bells` });
  }
  for (const [name, scopes, expiresIn] of KEYS) {
    const expiry = expiresIn === undefined ? [] : ["--expires-in", expiresIn];
    await server.run("keys", "create", "--name", name, "--mode", "live", "--scopes", scopes, ...expiry);
  }
  const receiver = await startReceiver();
  const shownUrls = new Map<string, string>();
  for (const [index, { url, description, events }] of WEBHOOKS.entries()) {
    const body = { url: `${receiver.url}/${index}`, description, events };
    shownUrls.set(String(memberOf(await server.ask("live", "POST", "/webhooks", body), "id")), url);
  }
  const devices = {
    sales: await pairDevice(server, whatsapp, { name: "Sales", phoneNumber: "442079460018" }),
    repairs: await pairDevice(server, whatsapp, { name: "Repairs", phoneNumber: "442079460042" }),
  };
  const van = await pairDevice(server, whatsapp, { name: "Delivery van", phoneNumber: "442079460077" });
  await converse(server, whatsapp, devices);
  van.phone.logout();
  await until("the van is logged out", async () => (await pluck(server, "/devices", "reason")).includes("logged_out"));
  await until("the receiver heard of the van", async () => receiver.heard.at(-1)?.includes("device.disconnected"));
  await until("a delivery failed often enough to be minded", async () => receiver.failures() >= 4);
  await receiver.close();
  age(server, LINES, shownUrls);
  // The key that all of this was asked with.
  for (const key of Object.values(Object(await server.ask("live", "GET", "/api-keys"))))
    if (memberOf(key, "name") === "tests live") await server.run("keys", "revoke", String(memberOf(key, "id")));
}

async function converse(
  server: WhatsFlow,
  whatsapp: Simulator,
  devices: Record<Line[2], { id: string; phone: Phone }>,
): Promise<void> {
  const people = new Map<Name, Person>();
  const personOf = (name: Name): Person => {
    const person = people.get(name) ?? whatsapp.createPerson(PEOPLE[name]);
    people.set(name, person);
    return person;
  };
  for (const [, name, through, status, text] of LINES) {
    const person = personOf(name);
    const { id, phone } = devices[through];
    if (status === "received") await person.send(phone, { text });
    else {
      person.automaticReceipts = status === "sent" ? "none" : status;
      const body = { phone_number: `+${PEOPLE[name].phoneNumber}`, message: text, device_id: id };
      await server.ask("live", "POST", "/messages/send", body);
    }
    // One after the other, so that they stand in this order.
    await until(`"${text}" is ${status}`, async () => {
      const stored = Object.values(Object(await server.ask("live", "GET", "/messages?limit=100")));
      const wanted = status === "received" ? "delivered" : status;
      return stored.some((each) => memberOf(each, "content") === text && memberOf(each, "status") === wanted);
    });
  }
}

/** Answers for all webhooks, each at a path of its own. */
async function startReceiver() {
  const heard: string[] = [];
  const counts = WEBHOOKS.map(() => 0);
  let failures = 0;
  const server = createServer((request, answer) => {
    const index = Number(request.url?.slice(1));
    counts[index] = (counts[index] ?? 0) + 1;
    const status = WEBHOOKS[index]?.statusAfter(counts[index] ?? 0) ?? 404;
    if (status !== 200) failures += 1;
    heard.push(String(request.headers["x-webhook-event"]));
    request
      .resume()
      .once("end", () => answer.writeHead(status).end(status === 200 ? "ok" : "The calendar is being moved"));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    heard,
    failures: () => failures,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}

const pluck = async (server: WhatsFlow, path: string, name: string): Promise<unknown[]> =>
  Object.values(Object(await server.ask("live", "GET", path))).map((each) => memberOf(each, name));

async function until(what: string, isSo: () => Promise<boolean | undefined>): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`It took too long until ${what}`);
    await setTimeout(50);
  }
}
