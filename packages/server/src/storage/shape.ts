import type { SqliteConnection } from "./sqlite.js";

/** What the tables of a database look like: for each, its columns and indexes, as words that can be compared. */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

const COLUMNS = `select tables.name as "table", json_array('column', columns.name, columns.type, columns."notnull",
    columns.dflt_value, columns.pk, columns.hidden) as part
  from sqlite_schema as tables join pragma_table_xinfo(tables.name) as columns
  where tables.type = 'table' and tables.name not like 'sqlite\\_%' escape '\\'`;

/** Those of constraints have no names of their own. */
const INDEXES = `select tables.name as "table", json_array('index', iif(indexes.origin = 'c', indexes.name, null), indexes."unique",
    indexes.partial, (select json_group_array(name) from pragma_index_info(indexes.name))) as part
  from sqlite_schema as tables join pragma_index_list(tables.name) as indexes
  where tables.type = 'table' and tables.name not like 'sqlite\\_%' escape '\\'`;

/** How the database is in fact, whatever its migrations say. */
export function shapeOf(connection: SqliteConnection): Shape {
  const shape = new Map<string, Set<string>>();
  for (const { table, part } of connection
    .prepare<[], { table: string; part: string }>(`${COLUMNS} union all ${INDEXES}`)
    .all())
    shape.set(table, (shape.get(table) ?? new Set()).add(part));
  return shape;
}

/**
 * The tables of `expected` that are not so in `found`. What is there besides is whoever's it is: tables of a tool that makes backups, an
 * index of the operator's own. But a column too many makes another table of it: what is written here would not fill it.
 */
export function differingTables(expected: Shape, found: Shape): string[] {
  return [...expected].flatMap(([table, parts]) => {
    const there = found.get(table) ?? new Set();
    const lacks = [...parts].some((part) => !there.has(part));
    const hasMore = [...there].some((part) => isColumn(part) && !parts.has(part));
    return lacks || hasMore ? [table] : [];
  });
}

const isColumn = (part: string) => part.startsWith('["column"');
