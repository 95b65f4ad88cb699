import type { ReactNode } from "react";
import styles from "./table.module.css";

export type Column<T> = {
  head: string;
  cell(row: T): ReactNode;
  /** The name of the row: its title where the table becomes cards. */
  isTitle?: boolean;
  /** Buttons and menus: without a heading that is seen. */
  isActions?: boolean;
  align?: "end";
};

/** Rows of the same kind. On a phone each becomes a card, with the headings beside the values. */
export function Table<T>(props: {
  /** What it is a table of, for who cannot see it. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey(row: T): string;
}) {
  const { label, columns, rows, rowKey } = props;
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            {columns.map(({ head, isActions, align }) => (
              <th key={head} scope="col" data-align={align} data-actions={isActions}>
                {isActions ? <span className="visually-hidden">{head}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ head, cell, isTitle, isActions, align }) => (
                <td
                  key={head}
                  data-label={isTitle || isActions ? undefined : head}
                  data-title={isTitle}
                  data-actions={isActions}
                  data-align={align}
                >
                  <div>{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
