import { toTimestamp, toTimestampOrNull } from "../clock.js";
import type { components } from "../generated/openapi.js";
import type { Handlers } from "../http/contract.js";
import { toPagination } from "../paging.js";
import type { Store } from "../storage/store.js";
import { type Contact, getContact, listContacts } from "./contacts.js";

export function contactRoutes({ store }: { store: Store }): Pick<Handlers, "listContacts" | "getContact"> {
  return {
    async listContacts({ caller, query, reply }) {
      const page = await listContacts(store.read, caller.space, caller.deviceIds, query);
      const pagination = toPagination(page, query.limit);
      return reply(200, { success: true, data: { contacts: page.rows.map(toContact), pagination } });
    },
    async getContact({ caller, params, reply }) {
      const contact = await getContact(store.read, caller.space, caller.deviceIds, params.id);
      return reply(200, { success: true, data: toContact(contact) });
    },
  };
}

const toContact = (contact: Contact): components["schemas"]["Contact"] => ({
  id: contact.id,
  phone_number: contact.phone_number,
  ...(contact.phone_number === null && contact.lid !== null && { lid: contact.lid }),
  name: contact.name,
  profile_pic_url: contact.profile_pic_url,
  is_business: contact.is_business === 1,
  total_messages: contact.total_messages,
  last_message_at: toTimestampOrNull(contact.last_message_at),
  created_at: toTimestamp(contact.created_at),
});
