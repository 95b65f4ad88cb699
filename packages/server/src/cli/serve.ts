import { Command } from "commander";
import { type ConfigFlags, loadConfig } from "../config.js";

/** `whatsflow serve` */
export function serveCommand(): Command {
  return new Command("serve")
    .description("start the server")
    .option("--port <port>", "where it listens (WHATSFLOW_PORT; default 2152)")
    .option("--host <address>", "the address it listens on (WHATSFLOW_HOST; default 127.0.0.1)")
    .option("--data <folder>", "the data folder (WHATSFLOW_DATA_DIR; default ./data)")
    .option("--dev", "for development: webhooks may go to this machine, and a test key is shown")
    .action(async (flags: ConfigFlags) => {
      // Loaded here alone: the other commands would wait for what they do not need.
      const { serve } = await import("./serving.js");
      await serve(loadConfig(flags));
    });
}
