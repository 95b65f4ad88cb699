import { createServer, type IncomingMessage } from "node:http";
import { type Body, ControlError, flag, optionalNumber, optionalText, text, textList } from "./control-body.js";
import { readContent, readSendOptions } from "./control-content.js";
import { listenOnLoopback } from "./listening.js";
import type { Group, Party } from "./party.js";
import type { Person } from "./person.js";
import type { Phone } from "./phone.js";
import type { Simulator } from "./simulator.js";

export interface ControlServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What can be asked of the control port; `:n` is a phone number or a group's id. */
type Handler = (body: Body, name: string) => unknown;

/**
 * Serves a simulator's API over HTTP on loopback, so that a person with curl, or a test in another language, can play
 * the phones. JSON in and out; errors are `{ "error": "…" }` with 400 or 404.
 */
export async function startControlServer(whatsapp: Simulator, port = 0): Promise<ControlServer> {
  const routes = createRoutes(whatsapp);
  const http = createServer((request, response) => {
    answer(routes, request).then(
      (result) => response.writeHead(200, JSON_TYPE).end(`${JSON.stringify(result ?? { ok: true })}\n`),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        const status = error instanceof ControlError ? error.status : 400;
        response.writeHead(status, JSON_TYPE).end(`${JSON.stringify({ error: message })}\n`);
      },
    );
  });
  const address = await listenOnLoopback(http, port);
  return {
    url: `http://${address}`,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const JSON_TYPE = { "content-type": "application/json" };

async function answer(routes: Record<string, Handler>, request: IncomingMessage): Promise<unknown> {
  const segments = (request.url ?? "/").split("?")[0]?.split("/").filter(Boolean).map(decodeURIComponent) ?? [];
  const [collection = "", name = "", action] = segments;
  const pattern = [collection, name && ":n", action].filter(Boolean).join("/");
  const handler = routes[`${request.method} /${pattern}`];
  if (!handler) throw new ControlError(404, `nothing at ${request.method} /${segments.join("/")}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const sent: unknown = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  if (typeof sent !== "object" || sent === null) throw new ControlError(400, "the body has to be a JSON object");
  return handler(Object.fromEntries(Object.entries(sent)), name);
}

function createRoutes(whatsapp: Simulator): Record<string, Handler> {
  const phones = new Map<string, Phone>();
  const people = new Map<string, Person>();
  const groups = new Map<string, Group>();
  const get =
    <Kind>(kind: string, among: Map<string, Kind>) =>
    (name: string): Kind => {
      const found = among.get(name);
      if (!found)
        throw new ControlError(
          404,
          `there is no ${kind} ${name}; create it with POST /${kind === "phone" ? "phones" : "people"}`,
        );
      return found;
    };
  const getPhone = get("phone", phones);
  const getPerson = get("person", people);
  const getParty = (name: string): Party => phones.get(name) ?? getPerson(name);
  const getTarget = (name: string): Party | Group => groups.get(name) ?? getParty(name);
  const send: Handler = (body, name) => {
    const from = getParty(name);
    return from.send(getTarget(text(body, "to")), readContent(body), readSendOptions(body));
  };
  const messages: Handler = (_body, name) =>
    getParty(name).shown.map(({ id, from, chat, type, text: shown, at }) => ({
      id,
      from,
      chat,
      type,
      text: shown,
      at,
    }));
  const showPhone = (phone: Phone) => ({
    phoneNumber: phone.phoneNumber,
    name: phone.name,
    linkedDevices: phone.linkedDevices,
    undelivered: phone.undelivered,
  });

  return {
    "GET /": () => ({
      url: whatsapp.url,
      root: whatsapp.rootPublicKeyHex,
      phones: [...phones.keys()],
      people: [...people.keys()],
      groups: [...groups.keys()],
      notUnderstood: whatsapp.notUnderstood,
    }),
    "GET /media-certificate": () => ({ certificate: whatsapp.mediaCertificate }),

    "GET /phones": () => [...phones.values()].map(showPhone),
    "POST /phones": (body) => {
      const phone = whatsapp.createPhone({
        phoneNumber: text(body, "phoneNumber"),
        ...optionalText(body, "name", "lid"),
      });
      phones.set(phone.phoneNumber, phone);
      return showPhone(phone);
    },
    "GET /phones/:n": (_body, name) => showPhone(getPhone(name)),
    "POST /phones/:n/scan": (body, name) => getPhone(name).scan(text(body, "qr")),
    "POST /phones/:n/pairing-code": (body, name) => getPhone(name).enterPairingCode(text(body, "code")),
    "POST /phones/:n/send": send,
    "GET /phones/:n/messages": messages,
    "POST /phones/:n/read": (body, name) =>
      getPhone(name).markRead(getPerson(text(body, "from")), text(body, "messageId")),
    "POST /phones/:n/logout": (_body, name) => getPhone(name).logout(),
    "POST /phones/:n/replace": (_body, name) => getPhone(name).openElsewhere(),
    "POST /phones/:n/drop": (body, name) => getPhone(name).drop({ closeFrame: flag(body, "closeFrame", false) }),
    "POST /phones/:n/stop-answering": (_body, name) => getPhone(name).stopAnswering(),
    "POST /phones/:n/stream-error": (body, name) => getPhone(name).streamError(optionalNumber(body, "code") ?? 503),
    "POST /phones/:n/refuse-logins": (body, name) =>
      getPhone(name).refuseLogins({
        reason: optionalNumber(body, "reason") ?? 405,
        times: optionalNumber(body, "times") ?? 1,
      }),
    "POST /phones/:n/use-pre-keys": (body, name) =>
      getPhone(name).usePreKeys({ left: optionalNumber(body, "left") ?? 0 }),

    "GET /people": () => [...people.values()].map(({ phoneNumber, name, lid }) => ({ phoneNumber, name, lid })),
    "POST /people": (body) => {
      const registered = flag(body, "registered", true);
      const options = { ...optionalText(body, "name", "lid"), business: flag(body, "business", false), registered };
      const person = whatsapp.createPerson({ phoneNumber: text(body, "phoneNumber"), ...options });
      people.set(person.phoneNumber, person);
      return { phoneNumber: person.phoneNumber, name: person.name, lid: person.lid };
    },
    "POST /people/:n/send": send,
    "GET /people/:n/messages": messages,
    "GET /people/:n/receipts": (_body, name) => getPerson(name).receipts,
    "POST /people/:n/read": (body, name) => {
      const person = getPerson(name);
      const { messageId } = optionalText(body, "messageId");
      const ids = messageId === undefined ? person.shown.map(({ id }) => id) : [messageId];
      for (const id of ids) person.sendReceipt(id, "read");
      return { read: ids };
    },
    "POST /people/:n/automatic-receipts": (body, name) => {
      const receipts = text(body, "receipts");
      if (receipts !== "none" && receipts !== "delivered" && receipts !== "read") {
        throw new ControlError(400, "receipts is one of: none, delivered, read");
      }
      getPerson(name).automaticReceipts = receipts;
    },
    "POST /people/:n/typing": (body, name) => getPerson(name).showPresence(getPhone(text(body, "to")), "composing"),
    "POST /people/:n/lose-sessions": (_body, name) => getPerson(name).loseSessions(),
    "POST /people/:n/reinstall": (_body, name) => getPerson(name).reinstall(),

    "POST /groups": (body) => {
      const participants = textList(body, "participants").map(getParty);
      const group = whatsapp.createGroup({ subject: text(body, "subject"), participants });
      groups.set(group.id, group);
      return { id: group.id, subject: group.subject, participants: group.participants };
    },

    "POST /outage": (body) =>
      whatsapp.outage(flag(body, "on", true), flag(body, "unavailable", false) ? "unavailable" : "unreachable"),
    "POST /media-outage": (body) => whatsapp.mediaOutage(flag(body, "on", true)),
    "POST /acknowledge": (body) => {
      const mode = text(body, "mode");
      if (!isMode(mode)) throw new ControlError(400, `mode is one of: ${MODES.join(", ")}`);
      const target = optionalText(body, "for").for;
      const delayMs = optionalNumber(body, "delayMs");
      const code = optionalNumber(body, "code");
      const times = optionalNumber(body, "times");
      whatsapp.acknowledge({
        mode,
        deliver: flag(body, "deliver", true),
        ...(target === undefined ? {} : { for: getTarget(target) }),
        ...(delayMs === undefined ? {} : { delayMs }),
        ...(code === undefined ? {} : { code }),
        ...(times === undefined ? {} : { times }),
      });
    },
  };
}

const MODES = ["normal", "after receipts", "never", "error", "disconnect"] as const;

function isMode(mode: string): mode is (typeof MODES)[number] {
  return MODES.some((known) => known === mode);
}
