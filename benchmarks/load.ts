/** Load from a second process, and what is made of its figures. */
import autocannon, { type Options } from "autocannon";

export const CONNECTIONS = 50;
const SECONDS = 4;

/** Requests a second that were answered with 2xx; any other answer fails the benchmark. */
export async function throughput(
  options: Pick<Options, "url" | "method" | "headers" | "body" | "requests">,
  { connections = CONNECTIONS, seconds = SECONDS } = {},
): Promise<number> {
  const result = await autocannon({ ...options, connections, duration: seconds, workers: 1 });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${options.url}: ${result.non2xx} answers were not 2xx, ${result.errors} requests failed`);
  }
  return result["2xx"] / result.duration;
}

/** The middle of some figures; of an even number the lower of the two. */
export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

/** Measures `one` and `other` in turn, so that a machine that slows down slows down both, and returns the middle ratio and figures. */
export async function paired(one: () => Promise<number>, other: () => Promise<number>, rounds = 5) {
  const figures: { one: number; other: number }[] = [];
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const figure = { other: await other(), one: await one() };
    if (round > 0) figures.push(figure);
  }
  return {
    ratio: median(figures.map((figure) => figure.one / figure.other)),
    one: median(figures.map((figure) => figure.one)),
    other: median(figures.map((figure) => figure.other)),
  };
}

/**
 * Measures each of several in turn, round after round, and returns the figures of each. Each round begins with another, and the first
 * round warms up.
 */
export async function inTurn(
  measures: Record<string, () => Promise<number>>,
  rounds: number,
): Promise<Record<string, number[]>> {
  const names = Object.keys(measures);
  const figures: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const at = round % names.length;
    for (const name of [...names.slice(at), ...names.slice(0, at)]) {
      const figure = await measures[name]?.();
      if (round > 0 && figure !== undefined) figures[name]?.push(figure);
    }
  }
  return figures;
}

/** The middle of the ratios that two of them had round by round. */
export const medianRatio = (ones: number[], others: number[]): number =>
  median(ones.map((one, round) => one / (others[round] ?? Number.NaN)));
