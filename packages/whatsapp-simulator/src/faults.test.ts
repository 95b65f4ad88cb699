import { expect, test } from "vitest";
import { AcknowledgeRules, seededRandom } from "./faults.js";

const take = (rules: AcknowledgeRules, count: number) => Array.from({ length: count }, () => rules.take("1", "2").mode);

test("without a rule everything is normal", () => {
  expect(take(new AcknowledgeRules(seededRandom(1)), 2)).toEqual(["normal", "normal"]);
});

test("the newest rule that fits decides, as often as it says", () => {
  const rules = new AcknowledgeRules(seededRandom(1));
  rules.add({ mode: "never" });
  rules.add({ mode: "error", times: 2 });
  rules.add({ mode: "disconnect", for: { phoneNumber: "3" } });
  expect(take(rules, 4)).toEqual(["error", "error", "never", "never"]);
  expect(rules.take("1", "3").mode).toBe("disconnect");
  expect(rules.take("3", "group@g.us").mode).toBe("disconnect");
});

test("a rule can be removed, and normal removes all", () => {
  const rules = new AcknowledgeRules(seededRandom(1));
  rules.add({ mode: "never" });
  const remove = rules.add({ mode: "error" });
  remove();
  expect(take(rules, 1)).toEqual(["never"]);
  rules.add({ mode: "normal" });
  expect(take(rules, 1)).toEqual(["normal"]);
});

test("the same seed meets the same messages", () => {
  const run = (seed: number) => {
    const rules = new AcknowledgeRules(seededRandom(seed));
    rules.add({ mode: "never", chance: 0.3 });
    return take(rules, 200);
  };
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
  const met = run(7).filter((mode) => mode === "never").length;
  expect(met).toBeGreaterThan(40);
  expect(met).toBeLessThan(80);
});
