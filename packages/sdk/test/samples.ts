/** The TypeScript that users read: the blocks of the docs, and the examples in the sources' comments. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export interface Sample {
  /** Such as `docs/events.md`. */
  file: string;
  /** Of its first line, from 1. */
  line: number;
  code: string;
}

const filesOf = (patterns: string[]): string[] => globSync(patterns, { cwd: ROOT }).sort();
const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;

/** Blocks after `<!-- from path -->` stand in a file that is compiled and run as it is. */
export const docSamples = (): Sample[] =>
  filesOf(["README.md", "docs/*.md", "packages/sdk/README.md"]).flatMap((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return [...text.matchAll(/(^<!-- from [^\n]+ -->\n)?^```(?:ts|typescript)\n(.*?)^```$/gms)]
      .filter(([, from]) => from === undefined)
      .map(({ index, 2: code = "" }) => ({ file, line: lineAt(text, index) + 1, code }));
  });

/** Each `@example` with a block. */
export const commentSamples = (pattern = "packages/sdk/src/**/*.ts"): Sample[] =>
  filesOf([pattern]).flatMap((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return [...text.matchAll(/^ *\* @example\n *\* ```ts\n(.*?)^ *\* ```$/gms)].map(({ index, 1: code = "" }) => ({
      file,
      line: lineAt(text, index) + 2,
      code: code.replace(/^ *\* ?/gm, ""),
    }));
  });
