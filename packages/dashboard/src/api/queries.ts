/** What can be read. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Page } from "../call.js";
import type { AuditEntry, Session } from "../generated/resources.js";
import type { Client } from "./client.js";
import { clientOf } from "./client.js";
import { AuthenticationError } from "./errors.js";
import { keys, SESSION_KEY } from "./query-keys.js";

/** Null where nobody is signed in. Sessions are of no mode; either client may ask. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await clientOf("live").session.get({ signal });
    } catch (error) {
      if (error instanceof AuthenticationError) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export const overviewQuery = (client: Client) =>
  queryOptions({
    queryKey: keys.overview(client.mode),
    queryFn: ({ signal }) => client.overview.get({ since: startOfToday() }, { signal }),
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

export const usersQuery = (client: Client) =>
  queryOptions({ queryKey: keys.users, queryFn: ({ signal }) => client.users.list({ signal }) });

export const sessionsQuery = (client: Client) =>
  queryOptions({ queryKey: keys.sessions, queryFn: ({ signal }) => client.session.list({ signal }) });

export const auditLogQuery = (client: Client) =>
  infiniteQueryOptions({
    queryKey: keys.auditLog,
    queryFn: ({ pageParam, signal }): Promise<Page<AuditEntry>> =>
      client.auditLog.list({ limit: 50, ...(pageParam !== undefined && { cursor: pageParam }) }, { signal }),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: nextCursor,
  });

/** For `infiniteQueryOptions` over any list that comes in pages. */
export const FIRST_PAGE: string | undefined = undefined;
export const nextCursor = (page: Page<unknown>): string | undefined => page.info.next_cursor ?? undefined;

/** Midnight where the reader is. */
function startOfToday(): string {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
