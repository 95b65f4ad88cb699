/** The programs, made ready for each kind of runtime in the folder of the installation. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

const PROGRAMS = fileURLToPath(new URL("programs/", import.meta.url));

/** Where each program lies in the folder. */
export const PROGRAM_FILES = {
  esm: "process.mjs",
  cjs: "process.cjs",
  worker: "worker.mjs",
  page: "page.mjs",
  /** For compilers. */
  sources: { esm: "tour.mts", cjs: "tour.cts" },
} as const;

export async function bundlePrograms(directory: string): Promise<void> {
  const bundle = (entry: string, file: string, options: BuildOptions) =>
    build({
      absWorkingDir: directory,
      entryPoints: [join(PROGRAMS, entry)],
      outfile: join(directory, file),
      bundle: true,
      logLevel: "warning",
      // The programs lie in the repository: what they import is looked for beside the installation first, and nowhere else.
      plugins: [
        {
          name: "from-the-tarball",
          setup({ onResolve, resolve }) {
            onResolve({ filter: /^@whatsflow\/sdk/ }, ({ path, kind, pluginData }) =>
              pluginData === "resolved" ? null : resolve(path, { kind, resolveDir: directory, pluginData: "resolved" }),
            );
          },
        },
      ],
      ...options,
    });
  await Promise.all([
    // The runtime itself resolves the package.
    bundle("process.ts", PROGRAM_FILES.esm, { format: "esm", platform: "neutral", packages: "external", plugins: [] }),
    bundle("process.ts", PROGRAM_FILES.cjs, { format: "cjs", platform: "neutral", packages: "external", plugins: [] }),
    // As a worker's tools do; nothing of Node.
    bundle("worker.ts", PROGRAM_FILES.worker, {
      format: "esm",
      platform: "browser",
      conditions: ["workerd", "worker", "browser"],
    }),
    bundle("page.ts", PROGRAM_FILES.page, { format: "esm", platform: "browser" }),
  ]);
  for (const file of Object.values(PROGRAM_FILES.sources)) cpSync(join(PROGRAMS, "tour.ts"), join(directory, file));
}
