/**
 * libsignal reports on the console, and prints whole sessions with their private keys. These lines are left out while a transport
 * runs; everything else passes.
 */
const LINES = [
  "Closing session:",
  "Opening session:",
  "Removing old closed session:",
  "Migrating session to:",
  "Session already closed",
  "Session already open",
  "Closing open session in favor of incoming prekey bundle",
  "Decrypted message with closed session.",
  "Failed to decrypt message with any known session...",
  "Session error:",
  "V1 session storage migration error",
];
const METHODS = ["log", "info", "warn", "error"] as const;

let users = 0;
let restore = () => {};

/** Begins to leave libsignal's lines out; the returned function ends it, once the last who began has called it. */
export function hushLibsignal(): () => void {
  users += 1;
  if (users === 1) restore = replaceConsole();
  let hushing = true;
  return () => {
    if (!hushing) return;
    hushing = false;
    users -= 1;
    if (users === 0) restore();
  };
}

function replaceConsole(): () => void {
  const originals = METHODS.map((method) => [method, console[method]] as const);
  for (const [method, original] of originals) {
    console[method] = (...words: unknown[]) => {
      const [first] = words;
      if (typeof first === "string" && LINES.some((line) => first.startsWith(line))) return;
      original.apply(console, words);
    };
  }
  return () => {
    for (const [method, original] of originals) console[method] = original;
  };
}
