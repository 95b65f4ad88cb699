/** Runs other people's programs: interpreters, one-off scripts, receivers that listen on a port. */
import { spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const EXAMPLES = fileURLToPath(new URL("..", import.meta.url));
/** For what goes wrong, not for what is slow: interpreters take their time to start, and a busy machine all the more. */
const PATIENCE_MS = 60_000;
/** The first compilation takes Go's own libraries along. */
const COMPILE_TIMEOUT_MS = 180_000;
/** Of a test in which programs may have to be compiled first. */
export const WITH_COMPILING_MS = COMPILE_TIMEOUT_MS + 3 * PATIENCE_MS;

export type Command = [program: string, ...args: string[]];

/** Node as it runs this test; `tsx` for TypeScript, as Node before 22.18 cannot. */
export const node = (file: string, ...args: string[]): Command => [process.execPath, "--import", "tsx", file, ...args];
export const python = (file: string, ...args: string[]): Command => [pythonProgram(), file, ...args];
export const php = (...args: string[]): Command => [phpProgram(), ...args];
export const ruby = (file: string, ...args: string[]): Command => [rubyProgram(), file, ...args];

let foundPython: string | undefined;
/** A machine may have several; Debian's packages belong to /usr/bin/python3. */
function pythonProgram(): string {
  foundPython ??= ["python3", "/usr/bin/python3"].find((program) => succeeds(program, "-c", "import flask, requests"));
  if (!foundPython) {
    throw new Error(
      "The Python examples need python3 with requests and flask: install python3-requests and python3-flask, or pip install requests flask",
    );
  }
  return foundPython;
}

let foundPhp = false;
function phpProgram(): string {
  foundPhp ||= succeeds("php", "-r", "exit(function_exists('curl_init') ? 0 : 1);");
  if (!foundPhp) throw new Error("The PHP examples need php with its curl extension: install php-cli and php-curl");
  return "php";
}

let foundRuby: string | undefined;
/** As with Python: Debian's packages belong to /usr/bin/ruby. */
function rubyProgram(): string {
  foundRuby ??= ["ruby", "/usr/bin/ruby"].find((program) => succeeds(program, "-rsinatra/base", "-rpuma", "-e", ""));
  if (!foundRuby) {
    throw new Error(
      "The Ruby examples need ruby with sinatra and puma: install ruby, ruby-sinatra and puma, or gem install sinatra puma",
    );
  }
  return foundRuby;
}

const GO_CACHE = join(EXAMPLES, "../node_modules/.cache/go");
/** Nothing is downloaded, and nothing but Go itself is needed: no C compiler. What was compiled is kept for the next run. */
const GO_ENVIRONMENT = {
  GOCACHE: join(GO_CACHE, "build"),
  GOFLAGS: "-mod=readonly",
  GOPROXY: "off",
  GOTOOLCHAIN: "local",
  CGO_ENABLED: "0",
};

/** Compiles a program of examples/go. */
export async function go(folder: string): Promise<Command> {
  if (!succeeds("go", "version")) throw new Error("The Go examples need go 1.19 or newer: install golang-go");
  const binary = join(GO_CACHE, "bin", folder);
  const build: Command = ["go", "build", "-o", binary, `./${folder}`];
  const options = { cwd: join(EXAMPLES, "go"), env: GO_ENVIRONMENT, timeoutMs: COMPILE_TIMEOUT_MS };
  const { code, stderr } = await run(build, options);
  if (code !== 0) throw new Error(`${build.join(" ")} failed:\n${stderr}`);
  return [binary];
}

const succeeds = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args, { stdio: "ignore" }).status === 0;

export interface ProgramOptions {
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
  timeoutMs?: number;
}

/** Without the WHATSFLOW_ variables of the developer's shell. */
const environment = (env: Record<string, string> = {}): Record<string, string | undefined> => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  // Where the copies of the CommonJS samples find their packages.
  NODE_PATH: join(EXAMPLES, "../node_modules"),
  PYTHONUNBUFFERED: "1",
  PYTHONDONTWRITEBYTECODE: "1",
  ...env,
});

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end. */
export function run([program, ...args]: Command, options: ProgramOptions = {}) {
  const { cwd = EXAMPLES, env, input = "", timeoutMs = PATIENCE_MS } = options;
  return new Promise<Finished>((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: environment(env), timeout: timeoutMs });
    const printed = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      printed.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      printed.stderr += text;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...printed }));
    child.stdin.on("error", () => undefined).end(input);
  });
}

export interface Receiver {
  /** Resolves once it has printed this, on either stream: that may be heard of later than its answers. */
  whenPrinted(text: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a program and waits until something answers on `port`. */
export async function startReceiver(
  [program, ...args]: Command,
  port: number,
  { cwd = EXAMPLES, env }: ProgramOptions = {},
): Promise<Receiver> {
  const child = spawn(program, args, { cwd, env: environment({ PORT: String(port), ...env }) });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const receiver = {
    async whenPrinted(text: string) {
      await eventually(() => output.includes(text) || undefined, `"${text}" in what was printed`);
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
  try {
    await eventually(
      async () => {
        if (child.exitCode !== null) throw new Error(`${program} ended:\n${output}`);
        return fetch(`http://127.0.0.1:${port}/`).then(
          () => true,
          () => undefined,
        );
      },
      `${args.join(" ")} listening`,
    );
  } catch (error) {
    await receiver.stop();
    throw error;
  }
  return receiver;
}

/** Below the ports that systems hand out by themselves: to outgoing connections, and to who asks for any. */
const FIRST_PORT = 20_000;
const PORTS_PER_WORKER = 1_000;

/** A port that is free, and stays so until a program listens there: each worker has its own to choose from. */
export async function freePort(): Promise<number> {
  const first = FIRST_PORT + PORTS_PER_WORKER * Number(process.env.VITEST_POOL_ID ?? 0);
  for (;;) {
    const port = first + randomInt(PORTS_PER_WORKER);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((closed) => server.close(closed));
    return port;
  }
}

/** Looks again and again until there is something to see. */
export async function eventually<T>(look: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  do {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((again) => setTimeout(again, 100));
  } while (Date.now() < giveUpAt);
  throw new Error(`${what} did not happen`);
}

export interface Sample {
  /** Where the copy lies, alone in a folder. */
  file: string;
  cwd: string;
  remove(): void;
}

/**
 * A copy of a reference sample in which the placeholders have their values, and after which the calls stand that a user writes. Each
 * placeholder must be there, so that a sample never runs against something else than the test means.
 */
export function sample(name: string, placeholders: Record<string, string>, calls = ""): Sample {
  const source = join(EXAMPLES, "reference", name);
  let text = readFileSync(source, "utf8");
  for (const [placeholder, value] of Object.entries(placeholders)) {
    if (!text.includes(placeholder)) throw new Error(`${name} has no ${placeholder}`);
    text = text.replaceAll(placeholder, value);
  }
  const cwd = mkdtempSync(join(tmpdir(), "whatsflow-sample-"));
  const file = join(cwd, name);
  writeFileSync(file, text + calls);
  return { file, cwd, remove: () => rmSync(cwd, { recursive: true, force: true }) };
}
