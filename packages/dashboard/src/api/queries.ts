/** What can be read. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Page } from "../call.js";
import type {
  AuditEntry,
  Conversation,
  Delivery,
  ListWebhookDeliveriesQuery,
  Message,
  Session,
} from "../generated/resources.js";
import type { Client } from "./client.js";
import { clientOf } from "./client.js";
import { AuthenticationError, fieldProblem } from "./errors.js";
import { keys, SESSION_KEY } from "./query-keys.js";
import { forgetOthers } from "./session.js";

/** Null where nobody is signed in. Sessions are of no mode; either client may ask. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: async ({ signal, client }): Promise<Session | null> => {
    const session = await clientOf("live")
      .session.get({ signal })
      .catch((error: unknown) => {
        if (error instanceof AuthenticationError) return null;
        throw error;
      });
    forgetOthers(client, session);
    return session;
  },
  staleTime: 60_000,
});

export const overviewQuery = (client: Client) =>
  queryOptions({
    queryKey: keys.overview(client.mode),
    queryFn: ({ signal }) =>
      client.overview.get({ since: startOfToday() }, { signal }).catch((error: unknown) => {
        // This device's clock is wrong: the server has a day of its own.
        if (fieldProblem(error, "since")) return client.overview.get({}, { signal });
        throw error;
      }),
    // The chart moves on, also where nothing happens.
    refetchInterval: 60_000,
  });

export const devicesQuery = (client: Client) =>
  queryOptions({
    queryKey: keys.devices(client.mode),
    queryFn: ({ signal }) => client.devices.list({ signal }),
  });

export const deviceQrQuery = (client: Client, id: string) =>
  queryOptions({
    queryKey: keys.deviceQr(client.mode, id),
    queryFn: ({ signal }) => client.devices.qr(id, { signal }),
    staleTime: ({ state }) => Math.max(0, Date.parse(state.data?.expires_at ?? "") - Date.now()) || 0,
    gcTime: 0,
  });

export const conversationsQuery = (client: Client, search: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.conversations(client.mode), search],
    queryFn: ({ pageParam, signal }): Promise<Page<Conversation>> =>
      client.conversations.list({ limit: 30, ...(search !== "" && { search }), ...after(pageParam) }, { signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: nextCursor,
    // What was found before stays until the new answer is there.
    placeholderData: keepPreviousData,
  });

/** Newest first. `toldMessagesQuery` has what is new since, so what was read is not read again while it is shown. */
export const messagesQuery = (client: Client, contactId: string) =>
  infiniteQueryOptions({
    queryKey: keys.messages(client.mode, contactId),
    queryFn: ({ pageParam, signal }): Promise<Page<Message>> =>
      client.messages.list({ contact_id: contactId, limit: 50, ...after(pageParam) }, { signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    // Whoever comes back begins at the newest page, however far back they had read.
    gcTime: 0,
  });

export const contactQuery = (client: Client, id: string) =>
  queryOptions({
    queryKey: [...keys.contacts(client.mode), id],
    queryFn: ({ signal }) => client.contacts.get(id, { signal }),
  });

export const apiKeysQuery = (client: Client) =>
  queryOptions({ queryKey: keys.apiKeys(client.mode), queryFn: ({ signal }) => client.apiKeys.list({ signal }) });

export const webhooksQuery = (client: Client) =>
  queryOptions({ queryKey: keys.webhooks(client.mode), queryFn: ({ signal }) => client.webhooks.list({ signal }) });

export type DeliveryFilter = Pick<ListWebhookDeliveriesQuery, "status" | "event_type" | "since" | "until">;

export const deliveriesQuery = (client: Client, webhookId: string, filter: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.deliveries(client.mode, webhookId), "list", filter],
    queryFn: ({ pageParam, signal }): Promise<Page<Delivery>> =>
      client.webhooks.deliveries(webhookId, { limit: 30, ...filter, ...after(pageParam) }, { signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

export const deliveryQuery = (client: Client, webhookId: string, id: string) =>
  queryOptions({
    queryKey: [...keys.deliveries(client.mode, webhookId), id],
    queryFn: ({ signal }) => client.webhooks.delivery(webhookId, id, { signal }),
  });

export const usersQuery = (client: Client) =>
  queryOptions({ queryKey: keys.users, queryFn: ({ signal }) => client.users.list({ signal }) });

export const sessionsQuery = (client: Client) =>
  queryOptions({ queryKey: keys.sessions, queryFn: ({ signal }) => client.session.list({ signal }) });

export const auditLogQuery = (client: Client) =>
  infiniteQueryOptions({
    queryKey: keys.auditLog,
    queryFn: ({ pageParam, signal }): Promise<Page<AuditEntry>> =>
      client.auditLog.list({ limit: 50, ...after(pageParam) }, { signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: nextCursor,
  });

/** For `infiniteQueryOptions` over any list that comes in pages. */
export const FIRST_PAGE: string | undefined = undefined;
export const nextCursor = (page: Page<unknown>): string | undefined => page.info.next_cursor ?? undefined;

const after = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

/** Midnight where the reader is. */
function startOfToday(): string {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
