/** What a key may do, in words, and what is often wanted together. */
import type { ApiKey, Scope } from "../../generated/resources.js";

export const SCOPES: readonly { scope: Scope; allows: string }[] = [
  { scope: "messages:send", allows: "Send messages." },
  { scope: "messages:read", allows: "List and read messages." },
  { scope: "devices:read", allows: "List devices, and see their state." },
  { scope: "devices:manage", allows: "Add, pair, change, reconnect, log out and delete devices." },
  { scope: "contacts:read", allows: "List and read contacts, and check numbers." },
  { scope: "contacts:write", allows: "Name contacts." },
  { scope: "webhooks:manage", allows: "Do everything with webhooks, and trigger events." },
  { scope: "keys:manage", allows: "List, make and revoke API keys: for programs that hand out keys." },
  { scope: "events:read", allows: "Follow the stream of events, messages among them." },
];

export const ALL_SCOPES: readonly Scope[] = SCOPES.map(({ scope }) => scope);

export const PRESETS: readonly { label: string; scopes: readonly Scope[] }[] = [
  { label: "Send only", scopes: ["messages:send"] },
  { label: "Read only", scopes: ["messages:read", "devices:read", "contacts:read", "events:read"] },
  { label: "Everything", scopes: ALL_SCOPES },
];

export const isPreset = (scopes: readonly Scope[], preset: readonly Scope[]): boolean =>
  scopes.length === preset.length && preset.every((scope) => scopes.includes(scope));

/** "Send only" where it is one of the presets, else each scope. */
export const scopesInWords = (scopes: ApiKey["scopes"]): string =>
  PRESETS.find((preset) => isPreset(scopes, preset.scopes))?.label ?? scopes.join(", ");

const DAY_MS = 24 * 60 * 60 * 1_000;

export const EXPIRIES = [
  { value: "never", label: "Never" },
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
] as const;
export type Expiry = (typeof EXPIRIES)[number]["value"];

export const expiresAt = (expiry: Expiry, now: number): string | null =>
  expiry === "never" ? null : new Date(now + Number(expiry) * DAY_MS).toISOString();
