/**
 * libsignal reports on the console, and prints whole sessions with their private keys. While a simulator runs, these
 * lines are left out; everything else passes.
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
];
const METHODS = ["info", "warn", "error"] as const;

let users = 0;
let restore = () => {};

/** Starts leaving libsignal's lines out; returns how to stop, when the last user stops. */
export function hushLibsignal(): () => void {
  users += 1;
  if (users === 1) restore = filterConsole();
  let stopped = false;
  return () => {
    if (stopped) return;
    stopped = true;
    users -= 1;
    if (users === 0) restore();
  };
}

function filterConsole(): () => void {
  const originals = METHODS.map((method) => ({ method, print: console[method] }));
  for (const { method, print } of originals) {
    console[method] = (...line: unknown[]) => {
      const [first] = line;
      if (typeof first === "string" && LINES.some((start) => first.startsWith(start))) return;
      print.apply(console, line);
    };
  }
  return () => {
    for (const { method, print } of originals) console[method] = print;
  };
}
