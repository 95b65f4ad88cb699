import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import type { Context, Env, Hono } from "hono";

/** The built dashboard in memory, by path: what is not in it cannot be asked for, whatever a request's path looks like. */
export type Dashboard = ReadonlyMap<string, DashboardFile>;

interface DashboardFile {
  type: string;
  /** Of the bytes as they are. */
  etag: string;
  /** Its name holds a hash of what is in it: under this name it never changes. */
  isHashed: boolean;
  bytes: Bytes;
  /** Made at the build. */
  compressed: Partial<Record<Encoding, Bytes>>;
}

type Bytes = Uint8Array<ArrayBuffer>;
type Encoding = "br" | "gzip";

const INDEX = "/index.html";
const HASHED = "/assets/";
/** The better one first. */
const SUFFIXES: [Encoding, string][] = [
  ["br", ".br"],
  ["gzip", ".gz"],
];
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json; charset=utf-8",
  ".woff2": "font/woff2",
};

/**
 * The page loads nothing from elsewhere and runs no script that is not a file of its own, so that what others write into messages,
 * names and webhooks can never act in an operator's name. No other page may frame it.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");
const GUARDS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "cross-origin-opener-policy": "same-origin",
};

/** The dashboard's own addresses, which all are the one page. Nothing of the API begins like them. */
const PAGES = ["/", "/sign-in", "/live", "/live/*", "/test", "/test/*"];

/** Reads the built dashboard; undefined where it was not built. */
export function readDashboard(folder: string): Dashboard | undefined {
  if (!existsSync(join(folder, INDEX))) return undefined;
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in TYPES)
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    names.map((name) => {
      const path = `/${relative(folder, name).split(sep).join("/")}`;
      return [path, readFile(name, path)];
    }),
  );
}

function readFile(name: string, path: string): DashboardFile {
  const bytes = new Uint8Array(readFileSync(name));
  const compressed = SUFFIXES.filter(([, suffix]) => existsSync(name + suffix)).map(([encoding, suffix]) => [
    encoding,
    new Uint8Array(readFileSync(name + suffix)),
  ]);
  return {
    type: TYPES[extname(name)] ?? "application/octet-stream",
    etag: createHash("sha256").update(bytes).digest("base64url").slice(0, 27),
    isHashed: path.startsWith(HASHED),
    bytes,
    compressed: Object.fromEntries(compressed),
  };
}

/** Serves the dashboard beside the API: its files, and its one page under all of its addresses. */
export function mountDashboard<E extends Env>(app: Hono<E>, dashboard: Dashboard): void {
  for (const path of PAGES) app.get(path, (c, next) => answer(c, INDEX) ?? next());
  app.get(`${HASHED}*`, (c, next) => answer(c, c.req.path) ?? next());

  function answer(c: Context, path: string): Response | undefined {
    const file = dashboard.get(path);
    if (!file) return undefined;
    const [encoding, body] = encodingFor(file, c.req.header("accept-encoding") ?? "");
    // Weak: the compressed bytes are others.
    const etag = `W/"${file.etag}"`;
    const headers = {
      ...GUARDS,
      "cache-control": file.isHashed ? "public, max-age=31536000, immutable" : "no-cache",
      etag,
      vary: "Accept-Encoding",
    };
    if (c.req.header("if-none-match")?.includes(etag)) return new Response(null, { status: 304, headers });
    return new Response(body, {
      headers: { ...headers, "content-type": file.type, ...(encoding && { "content-encoding": encoding }) },
    });
  }
}

/** What is said where there is none. */
export const NOT_BUILT = "This server was built without its dashboard. Build both with: npm run build";

function encodingFor({ bytes, compressed }: DashboardFile, accepted: string): [Encoding | undefined, Bytes] {
  for (const [encoding] of SUFFIXES) {
    const body = compressed[encoding];
    if (body && isAccepted(encoding, accepted)) return [encoding, body];
  }
  return [undefined, bytes];
}

/** By `Accept-Encoding`, where `br;q=0` refuses it. */
const isAccepted = (encoding: Encoding, accepted: string): boolean =>
  accepted.split(",").some((part) => {
    const [name = "", ...parameters] = part.split(";").map((each) => each.trim().toLowerCase());
    return (name === encoding || name === "*") && !parameters.some((each) => /^q=0(\.0*)?$/.test(each));
  });
