/** Under which key it is kept what was read. Every key of a space begins with its mode, so live and test never mix. */
import type { Mode } from "../generated/resources.js";

export const SESSION_KEY = ["account", "session"] as const;

/** All keys in one place, for what is invalidated by the events of the stream. */
export const keys = {
  all: (mode: Mode) => [mode] as const,
  overview: (mode: Mode) => [mode, "overview"] as const,
  devices: (mode: Mode) => [mode, "devices"] as const,
  deviceQr: (mode: Mode, id: string) => [mode, "device-qr", id] as const,
  conversations: (mode: Mode) => [mode, "conversations"] as const,
  messages: (mode: Mode, contactId: string) => [mode, "messages", contactId] as const,
  toldMessages: (mode: Mode, contactId: string) => [mode, "told-messages", contactId] as const,
  contacts: (mode: Mode) => [mode, "contacts"] as const,
  webhooks: (mode: Mode) => [mode, "webhooks"] as const,
  deliveries: (mode: Mode, webhookId: string) => [mode, "deliveries", webhookId] as const,
  apiKeys: (mode: Mode) => [mode, "api-keys"] as const,
  usage: (mode: Mode) => [mode, "usage"] as const,
  users: ["account", "users"] as const,
  sessions: ["account", "sessions"] as const,
  auditLog: ["account", "audit-log"] as const,
};
