/** What a bundler makes of a program that uses the package: esbuild, minified, as ES modules. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

type Bundle = {
  /** What runs at once: the entry, and all that it imports by statements. */
  code: string;
  /** Of that, minified and gzipped. */
  bytes: number;
  /** The same in the files that esbuild cuts, each gzipped by itself. */
  bytesInPieces: number;
  /** Likewise of what `import()` loads, if it comes to that. */
  bytesLater: number;
};

/**
 * With splitting, because without it esbuild puts into the one file what `import()` would load later. Code that the entry shares with a
 * later piece then stands in a piece of its own, and counts as well. Other bundlers leave it in the entry, so it is gzipped together.
 */
export async function bundle(program: string, directory: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: directory },
    absWorkingDir: directory,
    bundle: true,
    minify: true,
    format: "esm",
    splitting: true,
    outdir: "bundle",
    metafile: true,
    write: false,
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const textOf = (output: string) => texts.get(join(directory, output)) ?? "";
  const [entry] = Object.entries(metafile.outputs).flatMap(([path, { entryPoint }]) => (entryPoint ? path : []));
  if (entry === undefined) throw new Error("esbuild wrote no entry");
  const atOnce = new Set([entry]);
  for (const output of atOnce) {
    for (const { path, kind } of metafile.outputs[output]?.imports ?? [])
      if (kind === "import-statement") atOnce.add(path);
  }
  const sum = (outputs: string[]) =>
    outputs.reduce((bytes, output) => bytes + gzipSync(textOf(output), { level: 9 }).length, 0);
  const code = [...atOnce].map(textOf).join("\n");
  return {
    code,
    bytes: gzipSync(code, { level: 9 }).length,
    bytesInPieces: sum([...atOnce]),
    bytesLater: sum(Object.keys(metafile.outputs).filter((output) => !atOnce.has(output))),
  };
}
