/** The docs say what is so: every name in them exists, everything that exists is in them, and their samples are what the contract allows. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { PLANS } from "../src/accounts/plans.js";
import { accountsCommand } from "../src/cli/accounts.js";
import { deliveriesCommand } from "../src/cli/deliveries.js";
import { devicesCommand } from "../src/cli/devices.js";
import { keysCommand } from "../src/cli/keys.js";
import { listenCommand } from "../src/cli/listen.js";
import { serveCommand } from "../src/cli/serve.js";
import { triggerCommand } from "../src/cli/trigger.js";
import { usersCommand } from "../src/cli/users.js";
import { webhooksCommand } from "../src/cli/webhooks.js";
import { ERROR_ANSWERS } from "../src/errors.js";
import { EVENT_NAMES, type OperationId, operations, SCOPES } from "../src/generated/operations.js";
import { routes } from "../src/generated/routes.js";
import { MAGIC_NUMBERS } from "../src/transport/sandbox/sandbox.js";
import { retryDelayMs } from "../src/webhooks/retry-schedule.js";
import { checkEvent } from "./contract-check.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const PAGES = globSync(
  ["*.md", "docs/*.md", "examples/README.md", "examples/*/README.md", "packages/*/README.md", ".changeset/*.md"],
  { cwd: ROOT },
).sort();
const SPEC = read("openapi.yaml");
/** Fields, codes and values of the contract, and columns of the tables. */
const KNOWN_NAMES = new Set((SPEC + read("packages/server/src/storage/schema.ts")).match(/\w+/g));
/** What the server tells Prometheus of itself. */
const METRICS = globSync("packages/server/src/**/*.ts", { cwd: ROOT, exclude: ["**/*.test.ts"] }).flatMap((path) =>
  [...read(path).matchAll(/"(whatsflow_\w+)"/g)].map(([, name = ""]) => name),
);

interface Block {
  language: string;
  code: string;
  /** The comment on the line before it, if there is one. */
  marker: string;
}

const blocksOf = (text: string): Block[] =>
  [...text.matchAll(/(?:^<!-- ([^\n]+) -->\n)?^```(\w*)\n(.*?)^```$/gms)].map(
    ([, marker = "", language = "", code = ""]) => ({
      language,
      code,
      marker,
    }),
  );
const withoutBlocks = (text: string): string => text.replace(/^```.*?^```$/gms, "");
const codeSpans = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

const allBlocks = PAGES.flatMap((page) => blocksOf(read(page)).map((block) => ({ page, ...block })));
const marked = (kind: string) => allBlocks.filter(({ marker }) => marker.split(" ")[0] === kind);

/** The rows of the table under a heading, as cells without code marks. */
function tableUnder(page: string, heading: string): string[][] {
  const text = read(page);
  const section = text.slice(text.search(new RegExp(`^${heading}$`, "m")));
  const [table = ""] = /^\|.*\n(?:\|.*\n)+/m.exec(section) ?? [];
  return table
    .trimEnd()
    .split("\n")
    .slice(2)
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

const firstCells = (rows: string[][]): (string | undefined)[] => rows.map(([cell]) => cell);

describe("links", () => {
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
  const anchorsOf = (path: string) =>
    [...withoutBlocks(read(path)).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) => slug(title));

  it.each(PAGES)("%s leads somewhere", (page) => {
    for (const [, text = "", link = ""] of withoutBlocks(read(page)).matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(link)) continue;
      if (/^[\w./-]+\.\w+$/.test(text)) expect(existsSync(join(ROOT, text)), `[${text}] in ${page}`).toBe(true);
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      expect(existsSync(join(ROOT, target)), `${link} in ${page}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target), `${link} in ${page}`).toContain(anchor);
    }
  });
});

describe("names", () => {
  const groups = [
    devicesCommand(),
    keysCommand(),
    webhooksCommand(),
    deliveriesCommand(),
    accountsCommand(),
    usersCommand(),
  ];
  const alone = [serveCommand(), listenCommand(), triggerCommand()];
  const commands = [...alone, ...groups.flatMap((group) => [...group.commands])];
  const flags = new Set(["--help", ...commands.flatMap(flagsOf)]);

  function flagsOf(command: Command): string[] {
    return command.options.flatMap(({ long }) => long ?? []);
  }
  const nameOf = (command: Command): string =>
    ["whatsflow", command.parent?.name(), command.name()].filter((name) => name !== undefined).join(" ");

  const variablesIn = (text: string) => new Set(text.match(/WHATSFLOW_[A-Z_]*[A-Z]/g));
  const settings = variablesIn(read("packages/server/src/config.ts"));
  it("documents every setting, and no other", () => {
    const rows = tableUnder("docs/configuration.md", "## Settings");
    expect(
      firstCells(rows)
        .filter((name) => name !== "")
        .sort(),
    ).toEqual([...settings].sort());
    expect(rows.flatMap(([, flag]) => flag || []).sort()).toEqual(flagsOf(serveCommand()).sort());
    for (const page of PAGES) {
      for (const name of variablesIn(read(page))) expect([...settings], page).toContain(name);
    }
  });

  it("documents every command and its flags, and no other", () => {
    const rows = tableUnder("docs/configuration.md", "## Commands");
    expect(firstCells(rows)).toEqual(commands.map(nameOf));
    const text = read("docs/configuration.md");
    for (const flag of flags) expect(text).toContain(`\`${flag}\``);
    for (const page of PAGES) {
      for (const [line] of read(page).matchAll(
        /whatsflow (serve|listen|trigger|devices|keys|webhooks|deliveries|accounts|users)\b[^`\n]*/g,
      )) {
        const [, group = "", sub] = line.split(/[ .,:]+/);
        const name =
          alone.some((command) => command.name() === group) || !sub || !/^[a-z-]+$/.test(sub)
            ? group
            : `${group} ${sub}`;
        if (!groups.some((command) => command.name() === name))
          expect(commands.map(nameOf), `${line} in ${page}`).toContain(`whatsflow ${name}`);
        for (const [flag] of line.matchAll(/--[a-z-]+/g)) expect([...flags], `${line} in ${page}`).toContain(flag);
      }
    }
  });

  it("documents every metric, and no other", () => {
    const rows = firstCells(tableUnder("docs/self-hosting.md", "### Metrics"));
    expect(rows.filter((name) => name?.startsWith("whatsflow_")).sort()).toEqual([...METRICS].sort());
    for (const [name] of read("docs/self-hosting.md").matchAll(/\bwhatsflow_\w+/g)) expect(METRICS).toContain(name);
  });

  it("documents every error code with its status, and no other", () => {
    const rows = tableUnder("docs/errors.md", "## Codes");
    expect(rows.map(([code, status, retryable]) => [code, status, retryable])).toEqual(
      Object.entries(ERROR_ANSWERS).map(([code, { status, retryable }]) => [
        code,
        String(status),
        retryable ? "yes" : "no",
      ]),
    );
  });

  it("documents every event, and no other", () => {
    expect(firstCells(tableUnder("docs/webhooks.md", "## Events"))).toEqual(EVENT_NAMES);
  });

  it("documents every scope, and which ones nothing asks for yet", () => {
    const rows = tableUnder("docs/api-keys.md", "## Scopes");
    const used = Object.values(operations).flatMap(({ scopes }) => [...scopes]);
    expect(firstCells(rows)).toEqual(SCOPES);
    for (const [scope = "", text = ""] of rows) {
      expect(text.startsWith("nothing yet"), scope).toBe(!used.some((name) => name === scope));
    }
  });

  it("knows every name that stands in code marks", () => {
    const scriptsOf = (path: string) => Object.keys(JSON.parse(read(path)).scripts);
    const scripts = scriptsOf("package.json");
    for (const page of PAGES) {
      for (const code of codeSpans(read(page))) {
        const where = `${code} in ${page}`;
        if (/^(message|device|webhook|group)(\.[a-z_]+)+$/.test(code)) expect(EVENT_NAMES, where).toContain(code);
        if (/^[a-z]+:[a-z]+$/.test(code)) expect(SCOPES, where).toContain(code);
        if (/^[a-z]+(_[a-z]+)+$/.test(code) && !METRICS.includes(code)) expect(KNOWN_NAMES.has(code), where).toBe(true);
        const [, operation] = /^((?:GET|POST|PUT|DELETE|PATCH) \/\S*)/.exec(code) ?? [];
        if (operation && page === SIMULATOR_PAGE) expect(CONTROL_PORT, where).toContain(`"${operation}"`);
        else if (operation) expect(SIGNATURES, where).toContain(operation);
        const [, script] = /^npm (?:run )?(start|test|[\w:]+)$/.exec(code) ?? [];
        if (script && !["ci", "install", "pack"].includes(script)) expect(scripts, where).toContain(script);
        if (/^(packages|examples|docs|\.ci|\.changeset)\/[\w./-]+$/.test(code))
          expect(existsSync(join(ROOT, code)), where).toBe(true);
      }
      for (const [, script = "", workspace] of read(page).matchAll(
        /npm run ([\w:]+)(?: --workspace @whatsflow\/([\w-]+))?/g,
      ))
        expect(workspace === undefined ? scripts : scriptsOf(`packages/${workspace}/package.json`), page).toContain(
          script,
        );
    }
  });

  it("names files of the maps that exist", () => {
    const maps = blocksOf(read("ARCHITECTURE.md")).filter(({ language }) => language === "");
    const sources = globSync(["packages/**/*.{ts,js}", "benchmarks/*.ts", "examples/*/*.ts"], {
      cwd: ROOT,
      exclude: ["**/node_modules", "**/dist"],
    });
    const mapped = maps.map(({ code }) => code).join("");
    for (const [file = ""] of mapped.matchAll(/(?<=^|[ /])[\w.-]+\.(?:ts|js)\b/gm)) {
      expect(
        sources.some((path) => path.endsWith(`/${file}`)),
        file,
      ).toBe(true);
    }
    for (const code of codeSpans(read("ARCHITECTURE.md")).filter((span) => /^[\w/-]+\.ts$/.test(span))) {
      expect(
        sources.some((path) => path.endsWith(`/${code}`)),
        code,
      ).toBe(true);
    }
  });
});

/** The simulator's control port has paths of its own. */
const SIMULATOR_PAGE = "packages/whatsapp-simulator/README.md";
const CONTROL_PORT = read("packages/whatsapp-simulator/src/control-server.ts");

/** What can be asked; the last ones lie beside the contract. */
const SIGNATURES = [
  ...Object.values(operations).map(({ method, path }) => `${method.toUpperCase()} ${path}`),
  "GET /healthz",
  "GET /readyz",
  "GET /metrics",
  "GET /openapi.json",
];

describe("numbers", () => {
  it("has the plans' limits", () => {
    const rows = tableUnder("docs/rate-limits.md", "# Rate limits and quotas");
    const numbers = rows.map(([plan = "", minute = "", hour = ""]) => [
      plan,
      ...[minute, hour].map((n) => Number(n.replace(",", ""))),
    ]);
    expect(numbers).toEqual(
      Object.entries(PLANS).map(([plan, { requestsPerMinute, requestsPerHour }]) => [
        plan,
        requestsPerMinute,
        requestsPerHour,
      ]),
    );
  });

  it("has the magic numbers", () => {
    expect(firstCells(tableUnder("docs/sandbox.md", "## Magic numbers"))).toEqual(Object.values(MAGIC_NUMBERS));
  });

  it("has the retry schedule", () => {
    const UNITS: Record<string, number> = { s: 1_000, min: 60_000, h: 3_600_000 };
    const [row = []] = tableUnder("docs/webhooks.md", "## Retries");
    const waits = row.slice(1).map((cell) => {
      const [count, unit = ""] = cell.split(" ");
      return Number(count) * (UNITS[unit] ?? Number.NaN);
    });
    const waitAfter = (failures: number) =>
      retryDelayMs({ failures, lost: 0, waitedMs: 0 }, { lost: false, retryAfterMs: null, random: 0.5 });
    expect(waits).toEqual(waits.map((_, index) => waitAfter(index)));
    expect(waitAfter(waits.length)).toBeNull();
  });

  it("names the Node that the server needs", () => {
    const { engines } = JSON.parse(read("packages/server/package.json"));
    const named = PAGES.flatMap((page) => read(page).match(/Node (\d+\.\d+)/g) ?? []);
    expect(named.length).toBeGreaterThan(0);
    for (const text of named) expect(`>=${text.slice("Node ".length)}`).toBe(engines.node);
  });
});

interface ContractOperation {
  operationId: string;
  summary: string;
  "x-sdk": { resource: string; method: string };
  "x-audience"?: string;
}
/** Those that are not for signed-in operators alone. */
const publicOnes = (item: Record<string, ContractOperation>) =>
  Object.entries(item).filter(([, operation]) => operation["x-audience"] === undefined);

describe("samples", () => {
  const { paths }: { paths: Record<string, Record<string, ContractOperation>> } = parse(SPEC, { maxAliasCount: -1 });

  it("the table of operations is the contract's", () => {
    const wanted = Object.entries(paths).flatMap(([path, item]) =>
      publicOnes(item).map(([method, { operationId, summary, "x-sdk": sdk }]) => [
        summary,
        method.toUpperCase(),
        path,
        operations[operationId as OperationId].scopes[0] ?? "any key",
        `client.${sdk.resource}.${sdk.method}`,
      ]),
    );
    expect(tableUnder("README.md", "## Operations")).toEqual(wanted);
    expect(read("README.md")).toContain(`${wanted.length} operations`);
  });

  it("the SDK's table of methods is the contract's", () => {
    const wanted = Object.values(paths).flatMap((item) =>
      publicOnes(item).map(([, { "x-sdk": sdk }]) => `${sdk.resource}.${sdk.method}`),
    );
    const given = tableUnder("packages/sdk/README.md", "## Resources").flatMap(([resource, methods = ""]) =>
      methods.split(", ").map((method) => `${resource}.${method}`),
    );
    expect(given.sort()).toEqual(wanted.sort());
  });

  it.each(marked("from"))("$page shows $marker", ({ marker, code }) => {
    expect(read(marker.slice("from ".length))).toContain(code);
  });

  const verifiers = globSync("examples/*/verify.{mjs,py,php,go,rb}", { cwd: ROOT });
  it("shows a verifier for every language", () => expect(verifiers).toHaveLength(5));
  it.each(verifiers)("docs/webhooks.md shows the whole of %s", (path) => {
    const shown = blocksOf(read("docs/webhooks.md")).filter(({ marker }) => marker === `from ${path}`);
    expect(shown.map(({ code }) => code)).toEqual([read(path)]);
  });

  it.each(marked("answer"))("$page: $marker is what the contract allows", ({ marker, code }) => {
    const [, id = "", status = ""] = marker.split(" ");
    const responses: Record<string, unknown> = routes[id as OperationId].responses;
    const response = responses[status] as {
      content: { "application/json": { schema: { parse(value: unknown): unknown } } };
    };
    const value: unknown = JSON.parse(code);
    // Parsing drops what the contract does not name.
    expect(response.content["application/json"].schema.parse(value)).toEqual(value);
  });

  it.each(marked("event"))("$page: an event is what the contract allows", ({ code }) => checkEvent(JSON.parse(code)));

  it("has no marker that nothing looks at", () => {
    const kinds = new Set(allBlocks.map(({ marker }) => marker.split(" ")[0]));
    expect([...kinds].sort()).toEqual(["", "answer", "event", "from", "run"]);
    const markers = PAGES.flatMap((page) => read(page).match(/^<!-- .+ -->$/gm) ?? []);
    expect(markers).toHaveLength(allBlocks.filter(({ marker }) => marker !== "").length);
  });
});
