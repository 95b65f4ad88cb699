/** What the SDK costs before it does anything: the time of its import, and what its types cost the compiler. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inTurn, median, medianRatio } from "./load.js";
import { milliseconds, type Row } from "./table.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const ROUNDS = 21;

/** Runs `work` in a new folder in which the packages are installed. */
async function inProject<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "whatsflow-bench-"));
  try {
    mkdirSync(join(folder, "node_modules", "@whatsflow"), { recursive: true });
    symlinkSync(join(root, "packages/sdk"), join(folder, "node_modules/@whatsflow/sdk"));
    for (const name of ["stripe", "svix", "standardwebhooks"])
      symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const OURS = ["@whatsflow/sdk", "@whatsflow/sdk/webhooks"];
const OTHERS = ["an empty module", "stripe", "svix", "standardwebhooks"];

const imports = (): Promise<Row[]> =>
  inProject(async (folder) => {
    writeFileSync(join(folder, "empty.mjs"), "");
    const measures = [...OURS, ...OTHERS].map((name, index) => {
      const specifier = name === "an empty module" ? "./empty.mjs" : name;
      const file = join(folder, `import-${index}.mjs`);
      const lines = [
        "const startedAt = performance.now();",
        `await import(${JSON.stringify(specifier)});`,
        "console.log(performance.now() - startedAt);",
      ];
      writeFileSync(file, lines.join("\n"));
      return [name, async () => Number(execFileSync(process.execPath, [file], { encoding: "utf8" }))] as const;
    });
    const figures = await inTurn(Object.fromEntries(measures), ROUNDS);
    return OURS.flatMap((name) =>
      OTHERS.map((other) => ({
        name: `import ${name}`,
        figure: milliseconds(median(figures[name] ?? [])),
        against: `${milliseconds(median(figures[other] ?? []))} ${other}`,
        ratio: medianRatio(figures[name] ?? [], figures[other] ?? []),
      })),
    );
  });

const CLIENT = `
  import { WhatsFlow } from "@whatsflow/sdk";
  const client = new WhatsFlow({ apiKey: "wf_test_1", baseUrl: "http://localhost:2152" });
`;
const RESOURCE_CALL = `client.messages.send({ phone_number: "+94771234567", message: "Hello" });`;
const RAW_CALL = `client.api.GET("/messages/{id}", { params: { path: { id: "msg_1" } } });`;

/** What tsc counts for a program. */
function instantiations(folder: string, program: string): number {
  const compilerOptions = { strict: true, target: "es2023", module: "nodenext", types: [], lib: ["es2023", "dom"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.mts"] }));
  writeFileSync(join(folder, "program.mts"), program);
  const options = ["-p", folder, "--noEmit", "--skipLibCheck", "--extendedDiagnostics"];
  const told = execFileSync(join(root, "node_modules/.bin/tsc"), options, { encoding: "utf8" });
  return Number(/^Instantiations:\s+(\d+)/m.exec(told)?.[1]);
}

const types = (): Promise<Row> =>
  inProject(async (folder) => {
    const client = instantiations(folder, CLIENT);
    const resource = instantiations(folder, CLIENT + RESOURCE_CALL) - client;
    const raw = instantiations(folder, CLIENT + RAW_CALL) - client;
    return {
      name: "types that a call of client.messages.send makes the compiler instantiate",
      figure: String(resource),
      against: `${raw} client.api.GET`,
      ratio: resource / raw,
    };
  });

export const sdkParts = {
  sdk: async (): Promise<Row[]> => [...(await imports()), await types()],
};
