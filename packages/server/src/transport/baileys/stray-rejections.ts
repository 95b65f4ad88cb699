import type { Logger } from "pino";
import { reasonOf } from "./quiet-logger.js";

/**
 * Baileys lets go of promises that fail when a socket breaks under them; for Node.js such a rejection ends the process, and with it
 * the connections of all other devices. These are logged; whatever is not Baileys' ends the process as ever. Returns how to stop.
 */
export function catchStrayRejections(log: Logger): () => void {
  const hear = (reason: unknown) => {
    if (!(reason instanceof Error) || !isFromBaileys(reason)) throw reason;
    log.warn({ reason: reasonOf(reason) }, "Baileys left a failure unhandled");
  };
  process.on("unhandledRejection", hear);
  return () => process.off("unhandledRejection", hear);
}

const isFromBaileys = ({ stack = "" }: Error): boolean => /[\\/]node_modules[\\/](baileys|libsignal)[\\/]/.test(stack);
