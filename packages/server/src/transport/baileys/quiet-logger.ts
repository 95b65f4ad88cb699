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
    if (text !== undefined) log.debug({ baileys: level }, withoutNumbers(text));
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

/** Why something of Baileys' failed, fit for the log: its errors carry whole stanzas. */
export const reasonOf = (error: unknown): string =>
  withoutNumbers(error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** Long runs of digits are numbers and LIDs. */
const withoutNumbers = (text: string): string => text.replace(/\d{5,}/g, "…");
