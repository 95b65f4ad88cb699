/** The table that a run prints. */

export interface Row {
  name: string;
  figure: string;
  against: string;
  ratio: number;
  /** Of the ratio; or, with a unit, of the figure itself. */
  target?: { atLeast?: number; atMost?: number } | { atMostMs: number; ms: number };
}

export const perSecond = (value: number) => `${Math.round(value).toLocaleString("en-US")}/s`;
export const megabytes = (value: number) => `${value < 20 ? value.toFixed(1) : Math.round(value)} MB`;
export const milliseconds = (value: number) => `${value < 20 ? value.toFixed(1) : Math.round(value)} ms`;
const round = (value: number) => Math.round(value * 1_000) / 1_000;

export function meets({ ratio, target = {} }: Row): boolean {
  if ("ms" in target) return target.ms <= target.atMostMs;
  return ratio >= (target.atLeast ?? 0) && ratio <= (target.atMost ?? Number.POSITIVE_INFINITY);
}

function wording({ target = {} }: Row): string {
  if ("ms" in target) return `at most ${target.atMostMs} ms`;
  if (target.atLeast !== undefined) return `at least ${target.atLeast}`;
  return target.atMost !== undefined ? `at most ${target.atMost}` : "";
}

export function print(rows: Row[]): void {
  console.log("| what | figure | against | ratio | target |\n|---|---|---|---|---|");
  for (const row of rows) {
    const { name, figure, against, ratio } = row;
    console.log(
      `| ${name} | ${figure} | ${against} | ${round(ratio)} | ${wording(row)}${meets(row) ? "" : " (missed)"} |`,
    );
  }
}
