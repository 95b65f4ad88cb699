import type { Kysely } from "kysely";
import { type OperationId, operations } from "../generated/operations.js";
import type { Database } from "../storage/schema.js";

/** The operations that the contract marks with `x-audit`. */
export type AuditedOperation = {
  [Id in OperationId]: (typeof operations)[Id]["audit"] extends true ? Id : never;
}[OperationId];

export const isAudited = (id: OperationId): id is AuditedOperation => operations[id].audit;

/** What was done, to what is called so; it does not compile while an audited operation has none. */
const SUMMARIES: Record<AuditedOperation, (subject: string, inviter: string) => string> = {
  createApiKey: (key) => `Created the API key ${key}`,
  revokeApiKey: (key) => `Revoked the API key ${key}`,
  createWebhook: (host) => `Created a webhook to ${host}`,
  updateWebhook: (host) => `Changed the webhook to ${host}`,
  deleteWebhook: (host) => `Deleted the webhook to ${host}`,
  rotateWebhookSecret: (host) => `Rotated the secret of the webhook to ${host}`,
  recoverWebhookDeliveries: (host) => `Sent what the webhook to ${host} had missed again`,
  createDevice: (device) => `Created the device ${device}`,
  updateDevice: (device) => `Changed the device ${device}`,
  deleteDevice: (device) => `Deleted the device ${device}`,
  logoutDevice: (device) => `Logged out the device ${device}`,
  reconnectDevice: (device) => `Reconnected the device ${device}`,
  signIn: () => "Signed in",
  signOutEverywhere: () => "Signed out everywhere",
  changePassword: () => "Changed the password",
  createInvitation: () => "Invited a colleague",
  deleteInvitation: (maker) => `Voided a one-time link of ${maker}`,
  acceptInvitation: (_, inviter) => `Used a one-time link of ${inviter}, and signed in`,
  deleteUser: (user) => `Removed the user ${user}`,
};

export const summarise = (id: AuditedOperation, subject: string | undefined, inviter = makerOf(undefined)): string =>
  SUMMARIES[id](subject ?? "that is gone", inviter);

/** Who made a link, in words. */
export const makerOf = (name: string | null | undefined): string => name ?? "the command line";

/** What people call something by its id; of a webhook the host alone, as the rest of an address may be a secret. */
export async function findSubject(db: Kysely<Database>, id: string): Promise<string | undefined> {
  switch (id.slice(0, id.indexOf("_"))) {
    case "key":
      return (await db.selectFrom("api_keys").select("name").where("id", "=", id).executeTakeFirst())?.name;
    case "device": {
      const device = await db.selectFrom("devices").select("device_name").where("id", "=", id).executeTakeFirst();
      return device?.device_name;
    }
    case "webhook": {
      const webhook = await db.selectFrom("webhooks").select("url").where("id", "=", id).executeTakeFirst();
      return webhook && URL.parse(webhook.url)?.host;
    }
    case "invite": {
      const invitation = await db
        .selectFrom("invitations")
        .leftJoin("users", "users.id", "created_by")
        .select("users.name")
        .where("invitations.id", "=", id)
        .executeTakeFirst();
      return invitation && makerOf(invitation.name);
    }
    case "user":
      return (await db.selectFrom("users").select("name").where("id", "=", id).executeTakeFirst())?.name;
  }
  return undefined;
}
