import { type Compilable, type CompiledQuery, type Kysely, sql } from "kysely";
import type { Database } from "./schema.js";
import { shortcutOf } from "./sqlite.js";

/** Stands for a value that each run brings; it lies among a query's parameters until then. */
class Placeholder {
  constructor(readonly name: string) {}
}

/**
 * A query of a hot path, built and compiled at its first run: with Kysely that takes as long as running it (10 to 25 µs).
 *
 * `build` is called once, with placeholders for the values; it must not decide anything by them.
 *
 * @example
 * const findContact = prepared<{ id: string }, Contact>((db, value) => db.selectFrom("contacts").selectAll().where("id", "=", value.id));
 * const [contact] = await findContact(store.read, { id });
 */
export function prepared<Values extends object, Row>(build: (db: Kysely<Database>, values: Values) => Compilable<Row>) {
  let ready: { query: CompiledQuery<Row>; slots: { at: number; name: keyof Values }[] } | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a placeholder passes for any value, once, while the query is compiled
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as any;

  function compile(db: Kysely<Database>) {
    const query = build(db, placeholders).compile();
    const slots = query.parameters.flatMap((parameter, at) =>
      parameter instanceof Placeholder ? [{ at, name: parameter.name as keyof Values }] : [],
    );
    return { query, slots };
  }

  return async (db: Kysely<Database>, values: Values): Promise<Row[]> => {
    ready ??= compile(db);
    const { query, slots } = ready;
    const parameters = [...query.parameters];
    for (const { at, name } of slots) parameters[at] = values[name];
    const run = shortcutOf(db);
    if (run) return run(query.sql, parameters) as Row[];
    const { rows } = await db.executeQuery<Row>({ ...query, parameters });
    return rows;
  };
}

/** A list of any length in a prepared query, brought as the text of a JSON array. */
export const listed = <Value>(json: string) => sql<Value>`(select value from json_each(${json}))`;

/**
 * A value that SQLite does not look at while it prepares. One that is compared with a column directly may decide by which index, or in
 * which order, so each new one has a query with a join, an order or a bound limit prepared anew: that takes ten times as long as to run it.
 */
export const unseen = <Value>(value: Value) => sql<Value>`(select ${value})`;
