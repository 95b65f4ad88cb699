/** The verifiers of the docs decide about each vector as the file says, in every language. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeVectors } from "../webhook-vectors/make-vectors.js";
import type { Vector } from "../webhook-vectors/vector.js";
import { type Command, EXAMPLES, go, php, python, ruby, run, WITH_COMPILING_MS } from "./programs.js";

const FILE = readFileSync(join(EXAMPLES, "webhook-vectors/vectors.json"), "utf8");
const VECTORS: Vector[] = JSON.parse(FILE);

/** Each reads vectors, and prints the list of what became of them. */
const VERIFIERS: [language: string, command: () => Command | Promise<Command>][] = [
  ["Node", () => [process.execPath, "node-crypto/vectors.mjs"]],
  ["Python", () => python("python/vectors.py")],
  ["PHP", () => php("php/vectors.php")],
  ["Go", () => go("vectors")],
  ["Ruby", () => ruby("ruby/vectors.rb")],
];

async function outcomes(command: Command, vectors: Partial<Vector>[]): Promise<unknown> {
  const { code, stdout, stderr } = await run(command, { input: JSON.stringify(vectors) });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

it("vectors.json is what make-vectors.ts writes", () => {
  // Not toEqual, which would print both.
  expect(FILE === makeVectors(), "Run npx tsx examples/webhook-vectors/make-vectors.ts").toBe(true);
});

it("the README of the vectors names each of their fields", () => {
  const readme = readFileSync(join(EXAMPLES, "webhook-vectors/README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell = ""]) => cell.replaceAll("`", "").split(", "));
  expect(rows.sort()).toEqual([...new Set(VECTORS.flatMap(Object.keys))].sort());
});

it.each(VERIFIERS)(
  "%s decides as every vector says",
  async (_language, command) => {
    expect(VECTORS.length).toBeGreaterThan(100);
    // They are strict, so they refuse X-Webhook-Signature alone.
    const wanted = VECTORS.map(({ name, valid, strict, event }) => [
      name,
      valid && strict ? `accepted ${event}` : "refused",
    ]);
    const given = await outcomes(await command(), VECTORS);
    expect(VECTORS.map(({ name }, index) => [name, Array.isArray(given) ? given[index] : given])).toEqual(wanted);
  },
  WITH_COMPILING_MS,
);

it("check.mjs tells which vectors a verifier decides otherwise", async () => {
  const check: Command = [process.execPath, "webhook-vectors/check.mjs"];
  const given = await outcomes([process.execPath, "node-crypto/vectors.mjs"], VECTORS);
  expect(await run(check, { input: JSON.stringify(given) })).toMatchObject({
    code: 0,
    stdout: `0 of ${VECTORS.length} vectors differ\n`,
  });
  const allRefused = await run(check, { input: JSON.stringify(VECTORS.map(() => "refused")) });
  expect(allRefused.code).toBe(1);
  expect(allRefused.stderr).toContain("plain text: refused instead of accepted message.received");
});

it.each(VERIFIERS)(
  "%s throws at a secret that is missing or is none",
  async (_language, command) => {
    const [genuine] = VECTORS;
    const [secret = ""] = genuine?.secrets ?? [];
    const wrong = [
      [],
      [""],
      ["whsec_"],
      ["whsec_A"],
      ["whsec_your-secret-here"],
      [secret.replace("whsec_", "")],
      [`${secret}\n`],
      [secret, ""],
    ];
    const vectors = wrong.map((secrets) => ({ ...genuine, secrets }));
    expect(await outcomes(await command(), vectors)).toEqual(wrong.map(() => "no secret"));
  },
  WITH_COMPILING_MS,
);

it("Python's check of X-Webhook-Signature alone goes by body and secret", async () => {
  const script = `
import base64, json, sys
from body_signature import verify_body_signature as fits
outcome = lambda v: any(fits(base64.b64decode(v['body_base64']), v['headers'], secret) for secret in v['secrets'])
print(json.dumps([outcome(vector) for vector in json.load(sys.stdin)]))`;
  const vectors = VECTORS.filter(({ kind }) => kind === "reference");
  const { stdout, stderr } = await run(python("-c", script), {
    cwd: join(EXAMPLES, "python"),
    input: JSON.stringify(vectors),
  });
  expect(stderr).toBe("");
  // The time and the event are looked at after the signature, which fits there.
  const wanted = vectors.map(({ valid, code }) => valid || code === "stale" || code === "bad_body");
  expect(JSON.parse(stdout)).toEqual(wanted);
});
