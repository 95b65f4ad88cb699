import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import { type Contact, findOrCreateContact, getContact, noteContact } from "../contacts/contacts.js";
import { recordDeviceChange } from "../devices/device-changes.js";
import { getSendingDevice } from "../devices/devices.js";
import type { Caller } from "../keys/key-directory.js";
import type { Mode } from "../storage/schema.js";
import type { Store, Tx } from "../storage/store.js";
import {
  type Address,
  isPatient,
  type OutgoingMessage,
  type Transport,
  type TransportEvent,
  type TransportListener,
} from "../transport/transport.js";
import { countMessage } from "../usage/message-quota.js";
import { insertMessage, type NewMessage, type SentMessage } from "./messages.js";
import { announceSent, anyOverdue, expirePending, recordOutcome, recordReceipts } from "./outcomes.js";
import { keepPayload } from "./payloads.js";
import { forgetOldReceipts, recordReceipt } from "./receipts.js";
import { receiveMessage } from "./receiving.js";
import { listUnacknowledged } from "./unfinished.js";

/** A request waits this long for WhatsApp's acknowledgement; after it the events tell. */
export const ACKNOWLEDGEMENT_TIMEOUT_MS = 15_000;
const EXPIRY_CHECK_EVERY_MS = 1_000;

export interface SendInput {
  to: { phoneNumber: string } | { contactId: string };
  text: string;
  deviceId: string | undefined;
  ttlSeconds: number;
}

export interface Messenger {
  /**
   * Stores a message, hands it to its device's transport and waits for the acknowledgement.
   *
   * `onStored` runs in the transaction that stores the message: what it writes exists exactly when the message does.
   *
   * @throws ApiError `device_not_connected`, `not_found`, `quota_exceeded`; then nothing was stored.
   */
  send(caller: Caller, input: SendInput, onStored: (tx: Tx, messageId: string) => Promise<void>): Promise<SentMessage>;
  /** Starts the transports, sends again what a crash left unacknowledged, and begins to expire what waits too long. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

type Settled = SentMessage["outcome"];

const recipient = (tx: Tx, { space, deviceIds }: Caller, to: SendInput["to"], now: number): Promise<Contact> =>
  "contactId" in to
    ? getContact(tx, space, deviceIds, to.contactId)
    : findOrCreateContact(tx, space.id, { phoneNumber: to.phoneNumber, lid: null }, now);

const addressOf = ({ phone_number, lid }: Contact): Address => ({ phoneNumber: phone_number, lid });

export function createMessenger({
  store,
  clock,
  log,
  transports,
  onExpired,
}: {
  store: Store;
  clock: Clock;
  log: Logger;
  transports: Record<Mode, Transport>;
  onExpired?: (count: number) => void;
}): Messenger {
  const waiting = new Map<string, (settled: Settled) => void>();
  let cancelExpiry: (() => void) | undefined;

  /** One transaction for all that a transport tells at once, unless a part of it fails: then each event has its own. */
  const listener: TransportListener = async (events) => {
    const now = clock.now();
    let settled: [string, Settled][];
    try {
      settled = await store.write((tx) => applyAll(tx, events, now), { patient: events.every(isPatient) });
    } catch (error) {
      if (events.length < 2) throw error;
      const failures: unknown[] = [];
      for (const event of events) await listener([event]).catch((failure: unknown) => failures.push(failure));
      if (failures.length > 0) throw new AggregateError(failures, "Some of what the transport told is not on disk");
      return;
    }
    for (const [messageId, outcome] of settled) waiting.get(messageId)?.(outcome);
  };

  async function applyAll(tx: Tx, events: TransportEvent[], now: number): Promise<[string, Settled][]> {
    const told: [string, Settled][] = [];
    for (const run of runsOf(events)) told.push(...(await applyRun(tx, run, now)));
    return told;
  }

  async function applyRun(tx: Tx, run: TransportEvent[], now: number): Promise<[string, Settled][]> {
    const [first] = run;
    if (!first) return [];
    if (run.length === 1 || !isReceipt(first)) return apply(tx, first, now);
    const ids = run.filter(isReceipt).map(({ messageId }) => messageId);
    await recordReceipts(tx, first.spaceId, ids, first.outcome.status, now);
    return ids.map((id) => [id, first.outcome]);
  }

  /** Returns what those who wait for a message can be told once this is on disk. */
  async function apply(tx: Tx, event: TransportEvent, now: number): Promise<[string, Settled][]> {
    switch (event.type) {
      case "outcome":
        await recordOutcome(tx, event.spaceId, event.messageId, event.outcome, now);
        return [[event.messageId, event.outcome]];
      case "receipt": {
        const messageId = await recordReceipt(tx, event.device, event.whatsappId, event.status, now);
        return messageId === undefined ? [] : [[messageId, { status: event.status }]];
      }
      case "unacknowledged":
        return [[event.messageId, { status: "pending" }]];
      case "inbound":
        await receiveMessage(tx, event.message, now);
        return [];
      case "device":
        await recordDeviceChange(tx, event.device, event.change, now);
        return [];
      case "contact":
        await noteContact(tx, event.spaceId, event.contact, event);
        return [];
    }
  }

  function settlement(messageId: string): Promise<Settled> {
    return new Promise((resolve) => {
      const settle = (settled: Settled) => {
        waiting.delete(messageId);
        cancelTimeout();
        resolve(settled);
      };
      const cancelTimeout = clock.after(ACKNOWLEDGEMENT_TIMEOUT_MS, () => settle({ status: "pending" }));
      waiting.set(messageId, settle);
    });
  }

  /** A transport that throws has a fault of its own; the message stays pending and is tried again after a restart, or expires. */
  async function handOver(transport: Transport, message: OutgoingMessage): Promise<void> {
    try {
      await transport.send(message);
    } catch (error) {
      log.error({ err: error, message_id: message.messageId }, "handing a message over failed");
      waiting.get(message.messageId)?.({ status: "pending" });
    }
  }

  async function send(
    caller: Caller,
    input: SendInput,
    onStored: (tx: Tx, messageId: string) => Promise<void>,
  ): Promise<SentMessage> {
    const { space, deviceIds } = caller;
    const transport = transports[space.mode];
    const now = clock.now();
    const expiresAt = now + input.ttlSeconds * 1_000;
    const prepared = transport.prepare(input.text);
    const { messageId, device, contact, isAcknowledged } = await store.write(async (tx) => {
      const device = await getSendingDevice(tx, space, deviceIds, input.deviceId);
      const contact = await recipient(tx, caller, input.to, now);
      await countMessage(tx, space.accountId, caller.account.messagesPerMonth, now);
      const isAcknowledged = transport.acknowledgesAtOnce(addressOf(contact));
      const message: NewMessage = {
        direction: "outbound",
        message_type: "text",
        content: input.text,
        status: isAcknowledged ? "sent" : "pending",
        origin: "api",
        expires_at: expiresAt,
        created_at: now,
        whatsapp_id: prepared?.whatsappId ?? null,
      };
      const messageId = await insertMessage(tx, device, contact, message);
      if (prepared) await keepPayload(tx, device.id, prepared);
      if (isAcknowledged) await announceSent(tx, messageId, message, contact, device, now);
      await onStored(tx, messageId);
      return { messageId, device, contact, isAcknowledged };
    });

    const settled = isAcknowledged ? ({ status: "sent" } as const) : settlement(messageId);
    await handOver(transport, {
      spaceId: space.id,
      deviceId: device.id,
      messageId,
      to: addressOf(contact),
      text: input.text,
      prepared,
      expiresAt,
      isRepeated: false,
    });
    return {
      id: messageId,
      phoneNumber: contact.phone_number,
      text: input.text,
      createdAt: now,
      outcome: await settled,
    };
  }

  async function expire(): Promise<void> {
    while (await anyOverdue(store.read, clock.now())) {
      const expired = await store.write((tx) => expirePending(tx, clock.now()));
      for (const id of expired) log.info({ message_id: id }, "message expired");
      onExpired?.(expired.length);
    }
  }

  function scheduleExpiry(): void {
    cancelExpiry = clock.after(EXPIRY_CHECK_EVERY_MS, () => {
      expire()
        .catch((error) => log.error({ err: error }, "expiring messages failed"))
        .finally(() => cancelExpiry && scheduleExpiry());
    });
  }

  return {
    send,
    async start() {
      await expire();
      await store.write((tx) => forgetOldReceipts(tx, clock.now()));
      for (const mode of ["live", "test"] as const) {
        await transports[mode].start(listener);
        for (const message of await listUnacknowledged(store.read, mode, clock.now()))
          await handOver(transports[mode], message);
      }
      scheduleExpiry();
    },
    async stop() {
      cancelExpiry?.();
      cancelExpiry = undefined;
      for (const transport of Object.values(transports)) await transport.stop();
    },
  };
}

type Receipt = Extract<TransportEvent, { type: "outcome" }> & { outcome: { status: "sent" | "delivered" | "read" } };

const isReceipt = (event: TransportEvent): event is Receipt =>
  event.type === "outcome" && event.outcome.status !== "failed";

/** The events in their order, with neighbours together that say the same of messages of one space. */
function runsOf(events: readonly TransportEvent[]): TransportEvent[][] {
  const runs: TransportEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const alike =
      last !== undefined &&
      isReceipt(last) &&
      isReceipt(event) &&
      last.spaceId === event.spaceId &&
      last.outcome.status === event.outcome.status;
    if (run && alike) run.push(event);
    else runs.push([event]);
  }
  return runs;
}
