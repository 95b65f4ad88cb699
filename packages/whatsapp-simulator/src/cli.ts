/** `npm run simulator`: WhatsApp on loopback, played from a terminal. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startControlServer } from "./control-server.js";
import { startSimulator } from "./simulator.js";
import { describe } from "./stanza.js";

const USAGE = `Usage: npm run simulator -- [--port 4480] [--control-port 4481] [--quiet]

  --port          of the WebSocket that clients connect to (0: any)
  --control-port  of the HTTP server that plays the phones (0: any)
  --quiet         does not print the messages and receipts that pass`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4480" },
    "control-port": { type: "string", default: "4481" },
    quiet: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const whatsapp = await startSimulator({ port: Number(values.port) });
const control = await startControlServer(whatsapp, Number(values["control-port"]));
const folder = mkdtempSync(join(tmpdir(), "whatsapp-simulator-"));
const certificate = join(folder, "media.pem");
writeFileSync(certificate, whatsapp.mediaCertificate);

const post = (path: string, body: object) =>
  `curl -s ${control.url}${path} -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;

console.log(`WhatsApp, simulated, until Ctrl-C. Start the server with:

export WHATSFLOW_WHATSAPP_URL=${whatsapp.url}
export WHATSFLOW_WHATSAPP_ROOT=${whatsapp.rootPublicKeyHex}
export NODE_EXTRA_CA_CERTS=${certificate}

A phone of your own, and somebody to talk to:

${post("/phones", { phoneNumber: "15550001111", name: "Acme" })}
${post("/people", { phoneNumber: "15550002222", name: "Ana" })}

Link a client, by the text of its QR code or by its pairing code:

${post("/phones/15550001111/scan", { qr: "…" })}
${post("/phones/15550001111/pairing-code", { code: "ABCD1234" })}

Ana writes, reads what came, and says that she has:

${post("/people/15550002222/send", { to: "15550001111", text: "Hello" })}
curl -s ${control.url}/people/15550002222/messages
${post("/people/15550002222/read", {})}

Trouble:

${post("/phones/15550001111/drop", {})}
${post("/phones/15550001111/logout", {})}
${post("/acknowledge", { mode: "error", code: 463 })}
${post("/outage", { on: true })}

Everything there is stands in the README; GET ${control.url}/ tells the state.
`);

if (!values.quiet) {
  whatsapp.observe(({ direction, phoneNumber, deviceId, stanza }) => {
    if (stanza.tag === "iq" || stanza.tag === "ib") return;
    const arrow = direction === "from client" ? "←" : "→";
    console.log(
      `${arrow} ${phoneNumber ?? "a client being linked"}${deviceId ? `:${deviceId}` : ""} ${describe(stanza)}`,
    );
  });
}

async function stop(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await control.close();
  await whatsapp.close();
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stop().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
  });
}
