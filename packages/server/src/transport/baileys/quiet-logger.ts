import type { UserFacingSocketConfig } from "baileys";
import type { Logger } from "pino";

type BaileysLogger = NonNullable<UserFacingSocketConfig["logger"]>;

/**
 * What Baileys logs, without its objects: they hold numbers, texts and keys. Its sentences come at our debug level, with runs of
 * digits left out, as they may be numbers too.
 */
export function quietLogger(log: Logger): BaileysLogger {
  const pass = (level: string) => (object: unknown, message?: string) => {
    const text = typeof object === "string" ? object : message;
    if (text !== undefined) log.debug({ baileys: level }, text.replace(/\d{5,}/g, "…"));
  };
  const drop = () => {};
  const quiet: BaileysLogger = {
    // What lies below is dropped; Baileys asks for the level before it builds the costly ones.
    level: "info",
    child: () => quiet,
    trace: drop,
    debug: drop,
    info: drop,
    warn: pass("warn"),
    error: pass("error"),
  };
  return quiet;
}
