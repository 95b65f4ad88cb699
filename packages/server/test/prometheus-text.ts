import { expect } from "vitest";

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}
interface Family {
  type: string;
  samples: Sample[];
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"(?:,|$)/y;
const NUMBER = /^(?:[+-]?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|nan)$/i;

/** Reads Prometheus' text format 0.0.4 as strictly as its own checker does; what it would refuse fails the test. */
export function parseMetrics(text: string): Map<string, Family> {
  expect(text.endsWith("\n")).toBe(true);
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let current: { name: string; family: Family } | undefined;
  let helped: string | undefined;
  for (const line of text.split("\n").filter((some) => some !== "")) {
    const [, keyword, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (keyword === "HELP") {
      helped = name;
    } else if (keyword === "TYPE") {
      expect([line, helped]).toEqual([line, name]);
      expect(["counter", "gauge", "histogram"], line).toContain(rest);
      expect(families.has(name), `${name} comes twice`).toBe(false);
      current = { name, family: { type: rest, samples: [] } };
      families.set(name, current.family);
    } else {
      const sample = parseSample(line);
      const id = `${sample.name}${JSON.stringify(Object.entries(sample.labels).sort())}`;
      expect(seen.has(id), `${line} comes twice`).toBe(false);
      seen.add(id);
      const { name: family = "", family: { type = "", samples = [] } = {} } = current ?? {};
      const endings = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
      expect(
        endings.map((ending) => family + ending),
        line,
      ).toContain(sample.name);
      samples.push(sample);
    }
  }
  for (const [name, family] of families) checkFamily(name, family);
  return families;
}

function parseSample(line: string): Sample {
  const [, name = "", labelText = "", number = ""] = SAMPLE.exec(line) ?? [];
  expect([line, NUMBER.test(number)]).toEqual([line, true]);
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < labelText.length) {
    const [, label, value = ""] = LABEL.exec(labelText) ?? [];
    if (label === undefined) throw new Error(`These are no labels: ${line}`);
    expect(labels, line).not.toHaveProperty(label);
    labels[label] = value;
  }
  const value = /inf/i.test(number)
    ? Number(number.replace(/inf/i, "Infinity"))
    : Number(number.replace(/nan/i, "NaN"));
  return { name, labels, value };
}

function checkFamily(name: string, { type, samples }: Family): void {
  if (type === "counter") {
    expect(name).toMatch(/_total$/);
    for (const { value } of samples) expect(value).toBeGreaterThanOrEqual(0);
  }
  if (name.startsWith("whatsflow_")) expect(name).not.toMatch(/_(ms|milliseconds|kb|mb)(_|$)/);
  if (type !== "histogram") return;
  const series = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels;
    const id = JSON.stringify(Object.entries(labels).sort());
    series.set(id, [...(series.get(id) ?? []), sample]);
  }
  for (const some of series.values()) {
    const buckets = some.filter((sample) => sample.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => Number(labels.le?.replace("+Inf", "Infinity")));
    expect(bounds).toEqual([...bounds].sort((one, other) => one - other));
    expect(bounds.at(-1)).toBe(Number.POSITIVE_INFINITY);
    const counts = buckets.map(({ value }) => value);
    expect(counts).toEqual([...counts].sort((one, other) => one - other));
    expect(some.find((sample) => sample.name === `${name}_count`)?.value).toBe(counts.at(-1));
    expect(some.filter((sample) => sample.name === `${name}_sum`)).toHaveLength(1);
  }
}

/** The value of one series; undefined when there is none. The labels have to be all that it has. */
export function sampleOf(
  families: Map<string, Family>,
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const wanted = JSON.stringify(Object.entries(labels).sort());
  return [...families.values()]
    .flatMap(({ samples }) => samples)
    .find((sample) => sample.name === name && JSON.stringify(Object.entries(sample.labels).sort()) === wanted)?.value;
}
