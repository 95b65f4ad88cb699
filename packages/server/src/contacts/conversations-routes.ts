import type { Handlers } from "../http/contract.js";
import { toMessage } from "../messages/messages-routes.js";
import { toPagination } from "../paging.js";
import type { Store } from "../storage/store.js";
import { toContact } from "./contacts-routes.js";
import { listConversations } from "./conversations.js";

export function conversationRoutes({ store }: { store: Store }): Pick<Handlers, "listConversations"> {
  return {
    async listConversations({ caller, query, reply }) {
      const { search, ...request } = query;
      const page = await listConversations(store.read, caller.space, search, request);
      const data = page.rows.map(({ contact, lastMessage }) => ({
        contact: toContact(contact),
        last_message: toMessage(lastMessage),
      }));
      return reply(200, { success: true, data, pagination: toPagination(page, query.limit) });
    },
  };
}
