import { Command } from "commander";
import { accountsCommand } from "./cli/accounts.js";
import { deliveriesCommand } from "./cli/deliveries.js";
import { devicesCommand } from "./cli/devices.js";
import { keysCommand } from "./cli/keys.js";
import { listenCommand } from "./cli/listen.js";
import { serveCommand } from "./cli/serve.js";
import { triggerCommand } from "./cli/trigger.js";
import { usersCommand } from "./cli/users.js";
import { webhooksCommand } from "./cli/webhooks.js";
import { ConfigError } from "./config.js";
import { ApiError } from "./errors.js";
import { VERSION } from "./version.js";

const program = new Command("whatsflow")
  .description("A self-hosted WhatsApp API server")
  .version(VERSION)
  .addCommand(serveCommand())
  .addCommand(listenCommand())
  .addCommand(triggerCommand())
  .addCommand(devicesCommand())
  .addCommand(keysCommand())
  .addCommand(webhooksCommand())
  .addCommand(deliveriesCommand())
  .addCommand(accountsCommand())
  .addCommand(usersCommand());

try {
  await program.parseAsync();
} catch (error) {
  // What the user can mend is said in one sentence; anything else is a fault of ours and shows where.
  const message =
    error instanceof ConfigError || error instanceof ApiError
      ? error.message
      : error instanceof Error
        ? error.stack
        : String(error);
  // A server that failed has asked for the signals, and may leave timers behind: it must not live on without answering either.
  process.stderr.write(`whatsflow: ${message}\n`, () => process.exit(1));
}
