import type { Logger } from "pino";
import type { Clock } from "../../clock.js";
import type {
  Outcome,
  OutgoingMessage,
  Transport,
  TransportEvent,
  TransportListener,
  UnfinishedMessage,
} from "../transport.js";

/** Numbers that play the rarer cases; all others are sent, delivered and read. */
export const MAGIC_NUMBERS = {
  notOnWhatsApp: "+12025550100",
  restricted: "+12025550101",
  slowAndUnread: "+12025550102",
  unacknowledged: "+12025550103",
  echo: "+12025550104",
} as const;

/** Sending to these does more than to be acknowledged. */
const PLAYING: ReadonlySet<string | null> = new Set([
  MAGIC_NUMBERS.notOnWhatsApp,
  MAGIC_NUMBERS.restricted,
  MAGIC_NUMBERS.unacknowledged,
  MAGIC_NUMBERS.echo,
]);

const DELIVERED_AFTER_MS = 200;
const READ_AFTER_MS = 400;
const SLOWLY_DELIVERED_AFTER_MS = 5_000;
/** Events that fall due within one such span are told together, so that they share a commit. */
const TICK_MS = 50;

/**
 * WhatsApp as test keys see it: one device that is always connected, and recipients who exist only here.
 *
 * `listUnfinished` gives what was on its way when the process ended; it goes on from there.
 */
export function createSandbox({
  clock,
  log,
  listUnfinished,
}: {
  clock: Clock;
  log: Logger;
  listUnfinished: () => Promise<UnfinishedMessage[]>;
}): Transport {
  let listener: TransportListener | undefined;
  const due = new Map<number, { events: TransportEvent[]; cancel: () => void }>();

  async function tell(events: TransportEvent[]): Promise<void> {
    if (!listener) throw new Error("The sandbox is not started");
    await listener(events);
  }

  function schedule(delayMs: number, event: TransportEvent): void {
    const now = clock.now();
    const tick = Math.ceil((now + delayMs) / TICK_MS) * TICK_MS;
    const planned = due.get(tick);
    if (planned) {
      planned.events.push(event);
      return;
    }
    const events = [event];
    const cancel = clock.after(tick - now, () => {
      due.delete(tick);
      tell(events).catch((error) => log.error({ err: error }, "a sandbox event failed"));
    });
    due.set(tick, { events, cancel });
  }

  function scheduleReceipts(message: OutgoingMessage, status: UnfinishedMessage["status"]): void {
    const slow = message.to.phoneNumber === MAGIC_NUMBERS.slowAndUnread;
    if (status === "sent")
      schedule(slow ? SLOWLY_DELIVERED_AFTER_MS : DELIVERED_AFTER_MS, outcomeOf(message, { status: "delivered" }));
    if (!slow) schedule(READ_AFTER_MS, outcomeOf(message, { status: "read" }));
  }

  return {
    async start(events) {
      listener = events;
      for (const message of await listUnfinished()) scheduleReceipts(message, message.status);
    },
    async send(message) {
      switch (message.to.phoneNumber) {
        case MAGIC_NUMBERS.notOnWhatsApp:
          return tell([outcomeOf(message, failed("not_on_whatsapp", `${message.to.phoneNumber} is not on WhatsApp`))]);
        case MAGIC_NUMBERS.restricted:
          return tell([outcomeOf(message, failed("restricted", "WhatsApp restricts what this device may send"))]);
        case MAGIC_NUMBERS.unacknowledged:
          return tell([{ type: "unacknowledged", messageId: message.messageId }]);
        case MAGIC_NUMBERS.echo:
          await tell([outcomeOf(message, { status: "sent" }), echoOf(message, clock.now())]);
      }
      scheduleReceipts(message, "sent");
    },
    async stop() {
      for (const { cancel } of due.values()) cancel();
      due.clear();
    },
    prepare: () => null,
    acknowledgesAtOnce: ({ phoneNumber }) => !PLAYING.has(phoneNumber),
    async connect() {},
    currentQr: () => undefined,
    async requestPairingCode() {
      throw new Error("The sandbox is connected for ever; there is nothing to pair");
    },
    async logout() {},
    async remove() {},
    async lookup(_, phoneNumbers) {
      return phoneNumbers.map((phoneNumber) => {
        const isOnWhatsApp = phoneNumber !== MAGIC_NUMBERS.notOnWhatsApp;
        return { phoneNumber, isOnWhatsApp, isBusiness: isOnWhatsApp ? false : null };
      });
    },
    profilePicture: async () => null,
  };
}

const failed = (code: "not_on_whatsapp" | "restricted", message: string): Outcome => ({
  status: "failed",
  code,
  message,
});

const outcomeOf = ({ spaceId, messageId }: OutgoingMessage, outcome: Outcome): TransportEvent => ({
  type: "outcome",
  spaceId,
  messageId,
  outcome,
});

const echoOf = (message: OutgoingMessage, sentAt: number): TransportEvent => ({
  type: "inbound",
  message: {
    spaceId: message.spaceId,
    deviceId: message.deviceId,
    whatsappId: `echo-${message.messageId}`,
    contact: message.to,
    contactName: null,
    isBusiness: false,
    direction: "inbound",
    messageType: "text",
    content: `echo: ${message.text}`,
    replyTo: null,
    media: null,
    group: null,
    sentAt,
    isHistory: false,
  },
});
