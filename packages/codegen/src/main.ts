/**
 * `npm run generate`: writes the generated files. `npm run generate -- --check`: only compares, and exits with 1
 * after naming the files that are stale.
 */
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "./generate.js";
import { SpecError } from "./spec.js";

const root = new URL("../../../", import.meta.url);

function format(code: string, path: string): string {
  const biome = fileURLToPath(new URL("node_modules/.bin/biome", root));
  // The real path is excluded from formatting by biome.json, so the code is formatted under a name that is not.
  const name = path.replaceAll("/", "-");
  return execFileSync(biome, ["format", `--stdin-file-path=${name}`], {
    cwd: fileURLToPath(root),
    input: code,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
}

async function main(check: boolean): Promise<void> {
  const source = await readFile(new URL("openapi.yaml", root), "utf8");
  for (const [path, code] of await generate(source)) {
    const file = new URL(path, root);
    const wanted = format(code, path);
    const present = await readFile(file, "utf8").catch(() => undefined);
    if (present === wanted) continue;
    if (check) {
      console.error(`${path} is stale. Run \`npm run generate\`.`);
      process.exitCode = 1;
    } else {
      await mkdir(dirname(fileURLToPath(file)), { recursive: true });
      await writeFile(file, wanted);
      console.log(`wrote ${path}`);
    }
  }
}

try {
  await main(process.argv.includes("--check"));
} catch (error) {
  if (!(error instanceof SpecError)) throw error;
  console.error(`openapi.yaml, ${error.message}`);
  process.exitCode = 1;
}
