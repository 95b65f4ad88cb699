import { toTimestamp, toTimestampOrNull } from "../clock.js";
import { invalidFields } from "../errors.js";
import type { components } from "../generated/openapi.js";
import type { Handlers } from "../http/contract.js";
import { normalizePhoneNumber } from "../messages/phone-number.js";
import { toPagination } from "../paging.js";
import type { Store } from "../storage/store.js";
import { renameContact } from "./contact-names.js";
import { type Contact, getContact, listContacts } from "./contacts.js";
import { keepChecks, type NumberCheck, type NumberChecker } from "./number-checks.js";

export function contactRoutes({
  store,
  numberChecker,
}: {
  store: Store;
  numberChecker: NumberChecker;
}): Pick<Handlers, "listContacts" | "getContact" | "updateContact" | "verifyContacts"> {
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
    async updateContact({ caller, params, body, reply, write }) {
      return write(async (tx) => {
        const contact = await renameContact(tx, caller.space, caller.deviceIds, params.id, body.name);
        return reply(200, { success: true, data: toContact(contact) });
      });
    },
    async verifyContacts({ caller, body, reply, write }) {
      const phoneNumbers = numbersOf(body.phone_numbers);
      const { checks, asked } = await numberChecker.check(caller.space, caller.deviceIds, phoneNumbers);
      return write(async (tx) => {
        await keepChecks(tx, asked);
        return reply(200, { success: true, data: checks.map(toVerifiedNumber) });
      });
    },
  };
}

/** @throws ApiError naming every number that is none. */
function numbersOf(texts: string[]): string[] {
  const numbers = texts.map(normalizePhoneNumber);
  const details = numbers.flatMap((number, index) =>
    number === undefined
      ? [
          {
            path: `phone_numbers.${index}`,
            message: "must be an international number with country code, such as +94771234567",
          },
        ]
      : [],
  );
  if (details.length > 0) throw invalidFields(details);
  return numbers.filter((number) => number !== undefined);
}

const toVerifiedNumber = (check: NumberCheck): components["schemas"]["VerifiedNumber"] => ({
  phone_number: check.phone_number,
  is_on_whatsapp: check.is_on_whatsapp === 1,
  is_business: check.is_business === null ? null : check.is_business === 1,
  checked_at: toTimestamp(check.checked_at),
});

export const toContact = (contact: Contact): components["schemas"]["Contact"] => ({
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
