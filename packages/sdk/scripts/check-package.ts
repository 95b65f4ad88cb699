/**
 * Checks the package as others get it, which linters of sources do not see: packs it, has the tarball linted, and bundles small programs
 * that use it, which must stay small and bring nothing that they do not use. `compatibility/` compiles and runs programs with it.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.js";
import { install, pack } from "./tarball.js";

const bin = (name: string) => fileURLToPath(new URL(`../../../node_modules/.bin/${name}`, import.meta.url));

const PROGRAMS = [
  {
    name: "a program that sends",
    code: `import { WhatsFlow } from "@whatsflow/sdk";
      const client = new WhatsFlow({ apiKey: globalThis.apiKey });
      client.messages.send({ phone_number: "+94771234567", message: "Hello" }).then(console.log);`,
    brings: "/messages/send",
    strays: [],
    maxBytes: 5_000,
  },
  {
    name: "verifyWebhook alone",
    code: 'export { verifyWebhook } from "@whatsflow/sdk/webhooks";',
    brings: "webhook-signature",
    // These stand in the handlers and the client.
    strays: ["onEvent", "maxBodyBytes", "leaseSeconds", "baseUrl"],
    maxBytes: 1_900,
  },
];

/** All that is wrong with one program. */
async function flawsOf({ name, code, brings, strays, maxBytes }: (typeof PROGRAMS)[number]): Promise<string[]> {
  const bundled = await bundle(code, directory);
  const { bytes, bytesInPieces, bytesLater } = bundled;
  console.log(
    `${name}: ${bytes} bytes minified and gzipped, at most ${maxBytes} (${bytesInPieces} in pieces; ${bytesLater} may be loaded later)`,
  );
  const brought = strays.filter((stray) => bundled.code.includes(stray));
  return [
    ...(bundled.code.includes(brings) ? [] : [`${name} lacks ${brings}: nothing was measured`]),
    ...(brought.length > 0 ? [`${name} brings what it does not need: ${brought.join(", ")}`] : []),
    ...(bytes > maxBytes ? [`${name} is ${bytes} bytes, more than ${maxBytes}`] : []),
  ];
}

const directory = mkdtempSync(join(tmpdir(), "whatsflow-sdk-"));
try {
  const tarball = pack(directory);
  execFileSync(bin("publint"), ["--strict", tarball], { stdio: "inherit" });
  execFileSync(bin("attw"), [tarball, "--profile", "node16"], { stdio: "inherit" });
  install(tarball, directory);
  const flaws = (await Promise.all(PROGRAMS.map(flawsOf))).flat();
  if (flaws.length > 0) throw new Error(flaws.join("\n"));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
