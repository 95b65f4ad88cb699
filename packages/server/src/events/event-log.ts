import { sql } from "kysely";
import { listed, prepared } from "../storage/prepared.js";
import type { Store } from "../storage/store.js";

/**
 * Where a space's events stand: `pruned` is the last that is no longer kept, `newest` the last that is known of. Older ones than `pruned`
 * may be kept, because they still wait for a delivery.
 */
export interface Extent {
  newest: number;
  pruned: number;
}

/** An event without its body, which may be large. */
export interface EventHead {
  seq: number;
  name: string;
  deviceId: string | null;
  bytes: number;
}

/** Where the events of a space begin and end. When none after `pruned` is kept, both are the same. */
export async function findExtent(store: Store, spaceId: number): Promise<Extent> {
  const [row] = await extentOf(store.read, { spaceId });
  return { newest: row?.newest ?? 0, pruned: row?.pruned ?? 0 };
}

const extentOf = prepared<{ spaceId: number }, Extent>((db, { spaceId }) =>
  db
    .selectFrom("spaces")
    .select("pruned_event_seq as pruned")
    .select(
      sql<number>`max(coalesce((select max(seq) from events where events.space_id = spaces.id), 0), pruned_event_seq)`.as(
        "newest",
      ),
    )
    .where("id", "=", spaceId),
);

/** The next events of a space after `after`, at most `limit`, and how far the space is pruned at the same moment. */
export async function listAfter(
  store: Store,
  spaceId: number,
  after: number,
  limit: number,
): Promise<{ heads: EventHead[]; pruned: number }> {
  // Asked for in one turn, both see the same snapshot.
  const [heads, [space]] = await Promise.all([
    headsAfter(store.read, { spaceId, after, limit }),
    extentOf(store.read, { spaceId }),
  ]);
  return { heads, pruned: space?.pruned ?? 0 };
}

/** By the index of (space_id, seq): another space's events are not looked at, however many there are. */
const headsAfter = prepared<{ spaceId: number; after: number; limit: number }, EventHead>(
  (db, { spaceId, after, limit }) =>
    db
      .selectFrom("events")
      .select(["seq", "name", "device_id as deviceId"])
      .select(sql<number>`length(body)`.as("bytes"))
      .where("space_id", "=", spaceId)
      .where("seq", ">", after)
      .orderBy("seq")
      .limit(limit),
);

/** The bodies of some events by their `seq`; what was pruned meanwhile is missing. */
export async function readBodies(store: Store, seqs: readonly number[]): Promise<Map<number, Buffer>> {
  if (seqs.length === 0) return new Map();
  const rows = await bodiesOf(store.read, { seqs: JSON.stringify(seqs) });
  return new Map(rows.map(({ seq, body }) => [seq, body]));
}

const bodiesOf = prepared<{ seqs: string }, { seq: number; body: Buffer }>((db, { seqs }) =>
  db.selectFrom("events").select(["seq", "body"]).where("seq", "in", listed<number>(seqs)),
);

/** The newest event after `after` of each space that has one: the cost of one look for all who wait. */
export const newestAfter = prepared<{ after: number }, { spaceId: number; newest: number }>((db, { after }) =>
  db
    .selectFrom("events")
    .select((select) => ["space_id as spaceId", select.fn.max("seq").as("newest")])
    .where("seq", ">", after)
    // The plus keeps SQLite from walking the index of all spaces' events, which is in the order of the groups.
    .groupBy(sql`+space_id`),
);

/** The newest event of all spaces. */
export const newestOfAll = prepared<object, { newest: number | null }>((db) =>
  db.selectFrom("events").select((select) => select.fn.max("seq").as("newest")),
);
