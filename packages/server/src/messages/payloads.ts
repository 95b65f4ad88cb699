import type { Kysely } from "kysely";
import { prepared } from "../storage/prepared.js";
import type { Database } from "../storage/schema.js";
import type { Tx } from "../storage/store.js";
import type { PreparedMessage } from "../transport/transport.js";

const insert = prepared<{ deviceId: string; whatsappId: string; payload: Buffer }, never>((db, row) =>
  db
    .insertInto("whatsapp_payloads")
    .values({ device_id: row.deviceId, whatsapp_id: row.whatsappId, payload: row.payload }),
);
const select = prepared<{ deviceId: string; whatsappId: string }, { payload: Buffer }>((db, { deviceId, whatsappId }) =>
  db
    .selectFrom("whatsapp_payloads")
    .select("payload")
    .where("device_id", "=", deviceId)
    .where("whatsapp_id", "=", whatsappId),
);

/** Keeps what goes out for a message, in the transaction that accepts it. */
export async function keepPayload(tx: Tx, deviceId: string, { whatsappId, payload }: PreparedMessage): Promise<void> {
  await insert(tx, { deviceId, whatsappId, payload: Buffer.from(payload) });
}

/** What went out under an id of WhatsApp's; somebody who could not read it may ask for it again. */
export async function findPayload(
  db: Kysely<Database>,
  deviceId: string,
  whatsappId: string,
): Promise<Buffer | undefined> {
  const [row] = await select(db, { deviceId, whatsappId });
  return row?.payload;
}
