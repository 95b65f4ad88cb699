import { prepared } from "../storage/prepared.js";
import type { Tx } from "../storage/store.js";
import type { TransportDevice } from "../transport/transport.js";
import { findByWhatsAppId } from "./messages.js";
import { recordOutcome } from "./outcomes.js";

/** Receipts that belong to no message within this time never will: they are of messages from before the device was linked. */
const EARLY_RECEIPTS_LIVE_MS = 24 * 3_600_000;

type ReceiptStatus = "delivered" | "read";

const keepEarly = prepared<{ deviceId: string; whatsappId: string; status: ReceiptStatus; now: number }, never>(
  (db, { deviceId, whatsappId, status, now }) =>
    db
      .insertInto("early_receipts")
      .values({ device_id: deviceId, whatsapp_id: whatsappId, status, received_at: now })
      .onConflict((conflict) => conflict.columns(["device_id", "whatsapp_id"]).doUpdateSet({ status })),
);
const takeEarly = prepared<{ deviceId: string; whatsappId: string }, { status: ReceiptStatus }>(
  (db, { deviceId, whatsappId }) =>
    db
      .deleteFrom("early_receipts")
      .where("device_id", "=", deviceId)
      .where("whatsapp_id", "=", whatsappId)
      .returning("status"),
);

/**
 * Moves the message on that WhatsApp knows by this id; returns its id. A receipt that overtakes its message is kept until that is
 * stored.
 */
export async function recordReceipt(
  tx: Tx,
  { id: deviceId, spaceId }: TransportDevice,
  whatsappId: string,
  status: ReceiptStatus,
  now: number,
): Promise<string | undefined> {
  const messageId = await findByWhatsAppId(tx, deviceId, whatsappId);
  if (messageId === undefined) await keepEarly(tx, { deviceId, whatsappId, status, now });
  else await recordOutcome(tx, spaceId, messageId, { status }, now);
  return messageId;
}

/** A message was stored: what was told of it before counts now. */
export async function applyEarlyReceipt(
  tx: Tx,
  { id: deviceId, spaceId }: TransportDevice,
  whatsappId: string,
  messageId: string,
  now: number,
): Promise<void> {
  const [early] = await takeEarly(tx, { deviceId, whatsappId });
  if (early) await recordOutcome(tx, spaceId, messageId, { status: early.status }, now);
}

export async function forgetOldReceipts(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom("early_receipts")
    .where("received_at", "<", now - EARLY_RECEIPTS_LIVE_MS)
    .execute();
}
