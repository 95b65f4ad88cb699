/**
 * `npm run soak`: rounds with new seeds for as long as one likes; `npm run soak -- 2h`, or SOAK_DURATION=2h. `SEED=7 npm run soak` begins
 * with that seed. Ends with 1 at the first round in which something is wrong, and keeps that round's data folder.
 */
import { killAll } from "./program.js";
import { type Figures, runRound } from "./round.js";

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };
const DEFAULT_DURATION = "10m";

function parseDuration(text: string): number {
  const [, count, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  const unitMs = UNITS[unit ?? ""];
  if (unitMs === undefined) return refuse(`The duration ${text} is none. Give a number with s, m or h, such as 10m`);
  return Number(count) * unitMs;
}

function parseSeed(text: string | undefined): number {
  if (text === undefined) return Date.now() % 1_000_000_000;
  if (!/^\d{1,9}$/.test(text)) return refuse(`SEED: ${text} is none. Give a number of at most nine digits`);
  return Number(text);
}

function refuse(message: string): never {
  process.stderr.write(`soak: ${message}.\n`);
  process.exit(2);
}

const NAMES = ["sent", "received", "lost", "doubled", "kills", "stops", "restarts"] as const;
const describe = (figures: Figures) => NAMES.map((name) => `${name} ${figures[name]}`).join(", ");

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    killAll();
    process.exit(130);
  });
}
const durationMs = parseDuration(process.argv[2] ?? process.env.SOAK_DURATION ?? DEFAULT_DURATION);
const end = performance.now() + durationMs;
const total: Figures = { sent: 0, received: 0, lost: 0, doubled: 0, kills: 0, stops: 0, restarts: 0 };
let rounds = 0;
for (let seed = parseSeed(process.env.SEED); rounds === 0 || performance.now() < end; seed += 1) {
  const { figures, violations, dataDir } = await runRound(seed);
  rounds += 1;
  for (const name of NAMES) total[name] += figures[name];
  process.stdout.write(`seed ${seed}: ${describe(figures)}\n`);
  if (violations.length === 0) continue;
  process.stdout.write(`${violations.map((text) => `  ${text}\n`).join("")}`);
  process.stdout.write(`The round's data is kept in ${dataDir}. Run it again with: SEED=${seed} npm run soak -- 1s\n`);
  process.exitCode = 1;
  break;
}
process.stdout.write(`${rounds} rounds: ${describe(total)}\n`);
