/** What all tests here share: the tarball laid out once, the programs bundled beside it, and a started server. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startWhatsFlow } from "../../../examples/test/whatsflow.js";
import { install, pack } from "../scripts/tarball.js";
import { bundlePrograms } from "./bundles.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder with the tarball's installation and the programs. */
    directory: string;
    whatsflow: { url: string; key: string };
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), "whatsflow-sdk-"));
  install(pack(directory), directory, ["@types/node"]);
  await bundlePrograms(directory);
  const server = await startWhatsFlow();
  project.provide("directory", directory);
  project.provide("whatsflow", { url: server.url, key: server.key });
  return async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
