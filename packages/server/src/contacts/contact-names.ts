import type { Space } from "../accounts/space.js";
import type { DeviceLimit } from "../devices/devices.js";
import type { Tx } from "../storage/store.js";
import { type Contact, getContact } from "./contacts.js";

/**
 * Names a contact; null gives it back to WhatsApp, which tells its name with the next message. Undefined changes nothing.
 *
 * @throws ApiError `not_found`
 */
export async function renameContact(
  tx: Tx,
  space: Space,
  limit: DeviceLimit,
  id: string,
  name: string | null | undefined,
): Promise<Contact> {
  const contact = await getContact(tx, space, limit, id);
  if (name === undefined) return contact;
  return tx
    .updateTable("contacts")
    .set({ name, is_named: name === null ? 0 : 1 })
    .where("seq", "=", contact.seq)
    .returningAll()
    .executeTakeFirstOrThrow();
}
