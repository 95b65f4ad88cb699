/** Compares what a verifier made of the vectors with what they say: … | node check.mjs. Ends with 1 when something differs. */
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8"));
const outcomes = JSON.parse(await text(process.stdin));
const wrong = vectors.flatMap(({ name, kind, valid, strict, event, optional }, index) => {
  const wanted = valid && strict ? `accepted ${event}` : "refused";
  return optional || outcomes[index] === wanted ? [] : [`${kind}, ${name}: ${outcomes[index]} instead of ${wanted}`];
});
for (const line of wrong) console.error(line);
console.log(`${wrong.length} of ${vectors.length} vectors differ`);
process.exitCode = wrong.length > 0 || outcomes.length !== vectors.length ? 1 : 0;
