/** The rules of ARCHITECTURE.md that a compiler does not hold: who may import whom, and how large a file may grow. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const PACKAGES = fileURLToPath(new URL("../..", import.meta.url));
const MOST_LINES = 400;

interface Import {
  /** As written. */
  from: string;
  /** The file, below `packages`, when it is one of ours. */
  file: string | undefined;
  /** Gone after compiling. */
  typeOnly: boolean;
}
interface Source {
  /** Below `packages`, such as `server/src/app.ts`. */
  path: string;
  text: string;
  imports: Import[];
}

const IMPORT =
  /^(?:import|export)\s+(type\s)?([^"';]*?)\s*from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|^import\s+"([^"]+)"/gm;

function read(path: string): Source {
  const text = readFileSync(join(PACKAGES, path), "utf8");
  const imports = [...text.matchAll(IMPORT)].map(([, type, names = "", ...specifiers]): Import => {
    const from = specifiers.find((specifier) => specifier !== undefined) ?? "";
    const named = /^\{(.*)\}$/s
      .exec(names)?.[1]
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean);
    const allTypes = named !== undefined && named.length > 0 && named.every((name) => name.startsWith("type "));
    const file = from.startsWith(".") ? fileOf(join(dirname(path), from)) : undefined;
    return { from, file, typeOnly: type !== undefined || allTypes };
  });
  return { path, text, imports };
}

/** The source that an import names as what is compiled from it. */
function fileOf(path: string): string {
  const tsx = path.replace(/\.js$/, ".tsx");
  return existsSync(join(PACKAGES, tsx)) ? tsx : path.replace(/\.js$/, ".ts");
}

const sources = ["server/src", "sdk/src", "codegen/src", "dashboard/src"].flatMap((folder) =>
  readdirSync(join(PACKAGES, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => read(join(folder, name))),
);
const isTest = ({ path }: Source) => /\.test\.ts$|-fixture\.ts$/.test(path);
const isGenerated = ({ path }: Source) => path.includes("/generated/");
const server = sources.filter((source) => source.path.startsWith("server/src/") && !isTest(source));
const inServer = (pattern: RegExp) => server.filter(({ path }) => pattern.test(path.slice("server/src/".length)));

/** `file -> import` for each import that a rule forbids. */
const breaking = (some: Source[], forbidden: (imported: Import, source: Source) => boolean): string[] =>
  some.flatMap((source) =>
    source.imports
      .filter((imported) => forbidden(imported, source))
      .map((imported) => `${source.path} -> ${imported.file ?? imported.from}`),
  );
const isPackage = (name: string) => (imported: Import) =>
  imported.from === name || imported.from.startsWith(`${name}/`);
const isIn = (folder: string) => (imported: Import) => imported.file?.startsWith(`server/src/${folder}`) ?? false;

const ROUTES = /-routes\.ts$/;
const DOMAIN =
  /^(accounts|audit|contacts|devices|events|keys|messages|overview|usage|users|webhooks)\/(?!.*-routes\.ts$)/;

describe("the server's imports", () => {
  it("are found", () => {
    expect(server.length).toBeGreaterThan(50);
    expect(inServer(ROUTES).length).toBeGreaterThan(5);
    expect(inServer(DOMAIN).length).toBeGreaterThan(20);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(200);
    const unknown = server
      .flatMap(({ imports }) => imports)
      .filter(({ file }) => file && !sources.some(({ path }) => path === file));
    expect(unknown.map(({ from }) => from)).toEqual(["../package.json"]);
  });

  it("bring no SQL into routes", () => {
    const schema = (imported: Import) => isIn("storage/schema.ts")(imported) && !imported.typeOnly;
    const sql = (imported: Import) =>
      isPackage("kysely")(imported) ||
      isPackage("better-sqlite3")(imported) ||
      schema(imported) ||
      isIn("storage/prepared.ts")(imported) ||
      isIn("storage/sqlite.ts")(imported) ||
      isIn("storage/migrat")(imported);
    expect(breaking(inServer(ROUTES), sql)).toEqual([]);
    const queries = /\.(selectFrom|insertInto|updateTable|deleteFrom|executeQuery)\(/;
    expect(
      inServer(ROUTES)
        .filter(({ text }) => queries.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });

  it("bring no HTTP into the domain", () => {
    const http = (imported: Import) =>
      isPackage("hono")(imported) ||
      isPackage("@hono/zod-openapi")(imported) ||
      isPackage("@hono/node-server")(imported) ||
      isIn("http/")(imported) ||
      ROUTES.test(imported.file ?? "");
    expect(breaking(inServer(DOMAIN), http)).toEqual([]);
    expect(breaking(inServer(/^(storage|transport)\//), http)).toEqual([]);
  });

  it("name transports in app.ts alone", () => {
    const others = server.filter(
      ({ path }) => path !== "server/src/app.ts" && !path.startsWith("server/src/transport/"),
    );
    expect(
      breaking(others, (imported) => isIn("transport/")(imported) && !isIn("transport/transport.ts")(imported)),
    ).toEqual([]);
    const baileys = server.filter(({ path }) => !path.startsWith("server/src/transport/baileys/"));
    expect(breaking(baileys, isPackage("baileys"))).toEqual([]);
  });

  it("keep better-sqlite3 in storage", () => {
    const outside = server.filter(({ path }) => !path.startsWith("server/src/storage/"));
    expect(breaking(outside, isPackage("better-sqlite3"))).toEqual([]);
  });

  it("keep prom-client in metrics/: what counts has a typed object", () => {
    const outside = server.filter(({ path }) => !path.startsWith("server/src/metrics/"));
    expect(breaking(outside, isPackage("prom-client"))).toEqual([]);
    expect(breaking(inServer(/^metrics\//), isPackage("prom-client"))).toHaveLength(1);
    // The domain does not know that it is counted: app.ts puts the counting around it.
    expect(breaking(inServer(DOMAIN), isIn("metrics/"))).toEqual([]);
  });

  it("never reach the SDK, nor does the SDK reach the server", () => {
    expect(breaking(server, isPackage("@whatsflow/sdk"))).toEqual([]);
    const sdk = sources.filter(({ path }) => path.startsWith("sdk/src/"));
    expect(
      breaking(
        sdk,
        (imported) => isPackage("@whatsflow/server")(imported) || imported.file?.startsWith("sdk/") === false,
      ),
    ).toEqual([]);
  });
});

describe("the dashboard's imports", () => {
  it("are the SDK's and its own, for it is a client as any other", () => {
    const dashboard = sources.filter(({ path }) => path.startsWith("dashboard/src/"));
    expect(dashboard.length).toBeGreaterThan(40);
    const foreign = ({ file, from }: Import) =>
      file === undefined
        ? /^@whatsflow\/|^node:/.test(from)
        : // The text of an example is shown, not run.
          !/^(dashboard|sdk)\/src\/|^\.\.\/examples\/.+\?raw$/.test(file);
    expect(breaking(dashboard, foreign)).toEqual([]);
    // What they take of the SDK's inside stands in one place each.
    const takers = breaking(dashboard, ({ file }) => file?.startsWith("sdk/") ?? false).map(
      (each) => each.split(" ")[0],
    );
    expect([...new Set(takers)].sort()).toEqual(
      ["api/errors.ts", "call.ts", "event-stream.ts"].map((name) => `dashboard/src/${name}`),
    );
  });
});

describe("the SDK's imports", () => {
  it("keep the verifier free of the client", () => {
    const verifier = sources.filter((source) => source.path.startsWith("sdk/src/webhooks/") && !isTest(source));
    expect(verifier.length).toBeGreaterThan(0);
    // Names and types of events are of both; the generated resources are the client.
    const own = /^sdk\/src\/(webhooks\/|generated\/(?!resources))/;
    expect(breaking(verifier, ({ file }) => file !== undefined && !own.test(file))).toEqual([]);
  });
});

describe("every package", () => {
  it("has no cycles among imports of values", () => {
    const next = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.filter(({ typeOnly }) => !typeOnly).flatMap(({ file }) => file ?? []),
      ]),
    );
    const done = new Set<string>();
    function findCycle(path: string, way: string[]): string[] | undefined {
      if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
      if (done.has(path)) return undefined;
      for (const imported of next.get(path) ?? []) {
        const cycle = findCycle(imported, [...way, path]);
        if (cycle) return cycle;
      }
      done.add(path);
      return undefined;
    }
    for (const { path } of sources) expect(findCycle(path, [])?.join(" -> ")).toBeUndefined();
  });

  it("has barrels only as its face", () => {
    const barrel = ({ path, text }: Source) => basename(path) === "index.ts" || /^export \* from/m.test(text);
    const face = /^sdk\/src\/(webhooks\/)?index\.ts$/;
    expect(sources.filter((source) => barrel(source) && !face.test(source.path)).map(({ path }) => path)).toEqual([]);
    expect(sources.filter(({ text }) => /^export default\b/m.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("calls no file by a name that says nothing", () => {
    const vague = /(^|[/-])(utils?|helpers?|common|misc|manager|shared)([/.-]|$)/;
    const named = sources.filter((source) => !isGenerated(source)).map(({ path }) => path);
    expect(named.filter((path) => vague.test(path))).toEqual([]);
  });

  it("has no file over 400 lines", () => {
    const long = sources
      .filter((source) => !isGenerated(source))
      .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
      .filter(({ lines }) => lines > MOST_LINES);
    expect(long).toEqual([]);
  });

  it("says at the top of what is generated that it is", () => {
    const generated = sources.filter(isGenerated);
    expect(generated.length).toBeGreaterThan(5);
    const banner = "// Generated from openapi.yaml by `npm run generate`. Do not edit.\n";
    expect(generated.filter(({ text }) => !text.startsWith(banner)).map(({ path }) => path)).toEqual([]);
  });
});

describe("the server's files", () => {
  it("have names of their own", () => {
    const names = server.filter((source) => !isGenerated(source)).map(({ path }) => basename(path));
    const twice = names.filter((name, index) => names.indexOf(name) !== index && name !== "index.ts");
    // A command is named as the resource that it is about.
    expect(twice.filter((name) => !server.some(({ path }) => path === `server/src/cli/${name}`))).toEqual([]);
  });

  it("leave the environment to config.ts", () => {
    const readers = server.filter(({ text }) => /\bprocess\.env\b|\bimport\.meta\.env\b/.test(text));
    expect(readers.map(({ path }) => path)).toEqual(["server/src/config.ts"]);
  });
});
