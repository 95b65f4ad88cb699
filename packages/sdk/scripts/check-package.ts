/**
 * Checks the package as others get it: packs it, and installs the tarball beside small programs that are type-checked without
 * `skipLibCheck` and run, as ESM and as CommonJS. Linters of packages do not notice a type that resolves only in this repository.
 * Then it bundles the verifier alone, which must bring nothing of what else the entry exports.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const bin = (name: string) => join(root, "node_modules", ".bin", name);

const PROGRAM = `
  const client = new WhatsFlow({ apiKey: "wf_test_1", baseUrl: "http://localhost:2152" });
  export async function main(request: Request): Promise<string> {
    const sent = await client.messages.send({ phone_number: "+94771234567", message: "Hello" }, { idempotencyKey: "1" });
    const first: Message | undefined = (await client.messages.list({ limit: 1 })).data[0];
    for await (const contact of client.contacts.list()) console.log(contact.name);
    const { data } = await client.api.GET("/messages/{id}", { params: { path: { id: sent.message_id } } });
    const event = await verifyWebhook({ body: await request.text(), headers: request.headers, secret: "whsec_" });
    if (event.event === "message.received") return event.data.contact_id;
    if (event.event === "$unknown") return event.name;
    try { await client.usage.get(); } catch (error) {
      if (error instanceof WhatsFlowApiError && error.code === "rate_limited") return String(error.retryAfterSeconds);
    }
    return String(first?.status ?? data?.data.id);
  }
  const options: WebhookHandlerOptions = { secret: "whsec_", onEvent: () => {} };
  export const receive: (request: Request) => Promise<Response> = webhookHandler({
    secret: () => "whsec_QUJDREVGR0g",
    onEvent: oncePerDelivery((event, { deliveryId }) => {
      if (event.event === "message.received") console.log(deliveryId.length, event.data.contact_id);
    }),
  });
  for (const make of [nodeWebhookHandler, nestWebhookHandler]) {
    try { make(options); throw new Error("no secret was asked for"); } catch (error) { if (!(error instanceof TypeError)) throw error; }
  }
  if (typeof fastifyWebhook !== "function") throw new Error("nothing was imported");
  // @ts-expect-error the text is missing
  client.messages.send({ phone_number: "+94771234567" }).catch(() => {});
  if (typeof WhatsFlow !== "function" || typeof verifyWebhook !== "function") throw new Error("nothing was imported");
`;
const IMPORTS = `
  import { type Message, WhatsFlow, WhatsFlowApiError } from "@whatsflow/sdk";
  import {
    fastifyWebhook, nestWebhookHandler, nodeWebhookHandler, oncePerDelivery, verifyWebhook, type WebhookHandlerOptions, webhookHandler,
  } from "@whatsflow/sdk/webhooks";
`;

const WITH_DOM = { lib: ["es2023", "dom", "dom.iterable"], types: [] };
const WITH_NODE = { lib: ["es2023"], types: ["node"] };
const NODENEXT = { module: "nodenext", moduleResolution: "nodenext" };
const BUNDLER = { module: "esnext", moduleResolution: "bundler" };

/** What consumers may have configured; `files` must compile under each. */
const CONSUMERS = [
  { name: "nodenext, Node's types", options: { ...NODENEXT, ...WITH_NODE }, files: ["esm.mts", "cjs.cts"] },
  { name: "nodenext, the browser's types", options: { ...NODENEXT, ...WITH_DOM }, files: ["esm.mts", "cjs.cts"] },
  { name: "bundler", options: { ...BUNDLER, ...WITH_DOM }, files: ["esm.mts"] },
  {
    name: "nodenext, exactOptionalPropertyTypes",
    options: { ...NODENEXT, ...WITH_NODE, exactOptionalPropertyTypes: true },
    files: ["esm.mts", "cjs.cts"],
  },
];

function pack(directory: string): string {
  const packed: unknown = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--pack-destination", directory], { encoding: "utf8" }),
  );
  // npm 11 prints a list, npm 12 an object by name.
  const [entry]: unknown[] = Object.values(packed ?? {});
  if (typeof entry !== "object" || entry === null || !("filename" in entry))
    throw new Error("npm pack told no file name");
  return join(directory, String(entry.filename));
}

/** Lays the tarball out as an installation would, its dependencies taken from this repository. */
function install(tarball: string, directory: string): void {
  const target = join(directory, "node_modules", "@whatsflow", "sdk");
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", target]);
  for (const name of ["openapi-fetch", "openapi-typescript-helpers", "@types/node", "undici-types"]) {
    const link = join(directory, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "node_modules", name), link);
  }
}

function compile(directory: string, { name, options, files }: (typeof CONSUMERS)[number]): void {
  const compilerOptions = { target: "es2023", strict: true, skipLibCheck: false, outDir: "out", ...options };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  execFileSync(bin("tsc"), ["-p", directory], { stdio: "inherit" });
  console.log(`compiles: ${name}`);
}

const MAX_VERIFIER_BYTES = 1_900;
/** Names that stand in the handlers and the client, and not in the verifier. */
const NOT_OF_THE_VERIFIER = ["onEvent", "maxBodyBytes", "leaseSeconds", "baseUrl"];

function bundleVerifier(directory: string): void {
  const stdin = { contents: 'export { verifyWebhook } from "@whatsflow/sdk/webhooks";', resolveDir: directory };
  const { outputFiles } = buildSync({ stdin, bundle: true, minify: true, format: "esm", write: false });
  const code = outputFiles[0]?.text ?? "";
  const strays = NOT_OF_THE_VERIFIER.filter((name) => code.includes(name));
  if (!code.includes("webhook-signature") || strays.length > 0)
    throw new Error(`verifyWebhook alone brings what it does not need: ${strays.join(", ")}`);
  const { length } = gzipSync(code);
  if (length > MAX_VERIFIER_BYTES)
    throw new Error(`verifyWebhook alone is ${length} bytes, more than ${MAX_VERIFIER_BYTES}`);
  console.log(`verifyWebhook alone: ${length} bytes, minified and gzipped`);
}

const directory = mkdtempSync(join(tmpdir(), "whatsflow-sdk-"));
try {
  const tarball = pack(directory);
  execFileSync(bin("publint"), ["--strict", tarball], { stdio: "inherit" });
  execFileSync(bin("attw"), [tarball, "--profile", "node16"], { stdio: "inherit" });
  install(tarball, directory);
  writeFileSync(join(directory, "esm.mts"), IMPORTS + PROGRAM);
  writeFileSync(join(directory, "cjs.cts"), IMPORTS + PROGRAM);
  for (const consumer of CONSUMERS) compile(directory, consumer);
  for (const file of ["esm.mjs", "cjs.cjs"]) {
    execFileSync(process.execPath, [join(directory, "out", file)], { stdio: "inherit" });
    console.log(`runs: ${file}`);
  }
  bundleVerifier(directory);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
