/** The contract's descriptions: paragraphs, headings, tables and code, and nothing that could act. */
import { Fragment, type ReactNode } from "react";
import { Code } from "../../components/code.js";
import styles from "./api-docs.module.css";

type Block =
  | { kind: "code"; text: string }
  | { kind: "heading"; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "table"; rows: string[][] };

/** @param level of the headings in it */
export function Markdown({ text, level = 3 }: { text: string; level?: 3 | 4 }) {
  if (text.trim() === "") return null;
  return (
    <div className={styles.prose}>
      {blocksOf(text).map((block, index) => (
        <BlockView key={index} block={block} level={level} />
      ))}
    </div>
  );
}

function BlockView({ block, level }: { block: Block; level: 3 | 4 }) {
  if (block.kind === "code") return <Code text={block.text} label="Sample" />;
  if (block.kind === "heading") return level === 3 ? <h3>{inline(block.text)}</h3> : <h4>{inline(block.text)}</h4>;
  if (block.kind === "paragraph") return <p>{inline(block.text)}</p>;
  const [head = [], ...rows] = block.rows;
  return (
    <table className={styles.plain}>
      <thead>
        <tr>
          {head.map((cell) => (
            <th key={cell}>{inline(cell)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join("|")}>
            {row.map((cell, column) => (
              <td key={head[column]}>{inline(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const end = () => {
    if (paragraph.length > 0) blocks.push({ kind: "paragraph", text: paragraph.join(" ") });
    paragraph = [];
  };
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line.startsWith("```")) {
      end();
      const from = at + 1;
      do at += 1;
      while (at < lines.length && !lines[at]?.startsWith("```"));
      blocks.push({ kind: "code", text: lines.slice(from, at).join("\n") });
    } else if (line.startsWith("|")) {
      end();
      const from = at;
      while (lines[at + 1]?.startsWith("|")) at += 1;
      const rows = lines.slice(from, at + 1).map((row) =>
        row
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
      blocks.push({ kind: "table", rows: rows.filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell))) });
    } else if (/^#+ /.test(line)) {
      end();
      blocks.push({ kind: "heading", text: line.replace(/^#+ /, "") });
    } else if (line.trim() === "") end();
    else paragraph.push(line.trim());
  }
  end();
  return blocks;
}

/** Code and emphasis within a line. */
export function inline(text: string): ReactNode {
  return text.split(/(`[^`]+`|\*[^*\s][^*]*\*)/).map((part, index) => {
    if (part.startsWith("`") && part.length > 2) return <code key={index}>{part.slice(1, -1)}</code>;
    if (part.startsWith("*") && part.length > 2) return <em key={index}>{part.slice(1, -1)}</em>;
    return <Fragment key={index}>{part}</Fragment>;
  });
}
