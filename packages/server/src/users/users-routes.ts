import { type Clock, toTimestamp, toTimestampOrNull } from "../clock.js";
import type { components } from "../generated/openapi.js";
import type { Handlers } from "../http/contract.js";
import type { Store } from "../storage/store.js";
import { createInvitation, deleteInvitation, type ListedInvitation, linkPath, listInvitations } from "./invitations.js";
import type { Sessions } from "./sessions.js";
import { deleteUser, listUsers, type User } from "./users.js";

export function userRoutes({
  store,
  clock,
  sessions,
}: {
  store: Store;
  clock: Clock;
  sessions: Sessions;
}): Pick<Handlers, "listUsers" | "deleteUser" | "createInvitation" | "listInvitations" | "deleteInvitation"> {
  return {
    async listUsers({ caller, reply }) {
      const users = await listUsers(store.read, caller.space.accountId);
      return reply(200, { success: true, data: users.map(toUser) });
    },
    async deleteUser({ caller, params, reply, write }) {
      const answer = await write(async (tx) => {
        await deleteUser(tx, caller.space.accountId, params.id);
        return reply(200, { success: true, message: "User removed successfully" });
      });
      sessions.ended();
      return answer;
    },
    createInvitation({ caller, reply, write }) {
      return write(async (tx) => {
        const made = { createdBy: caller.session.userId };
        const { id, token, expiresAt } = await createInvitation(tx, caller.space.accountId, made, clock.now());
        return reply(201, {
          success: true,
          data: { id, token, path: linkPath(token), expires_at: toTimestamp(expiresAt) },
        });
      });
    },
    async listInvitations({ caller, reply }) {
      const invitations = await listInvitations(store.read, caller.space.accountId, clock.now());
      return reply(200, { success: true, data: invitations.map(toListed) });
    },
    deleteInvitation({ caller, params, reply, write }) {
      return write(async (tx) => {
        await deleteInvitation(tx, caller.space.accountId, params.id, clock.now());
        return reply(200, { success: true, message: "Invitation voided successfully" });
      });
    },
  };
}

const toListed = (invitation: ListedInvitation): components["schemas"]["ListedInvitation"] => ({
  id: invitation.id,
  created_by: invitation.maker,
  sets_password_of: invitation.user,
  created_at: toTimestamp(invitation.created_at),
  expires_at: toTimestamp(invitation.expires_at),
});

export const toUser = (user: User): components["schemas"]["User"] => ({
  id: user.id,
  name: user.name,
  created_at: toTimestamp(user.created_at),
  last_signed_in_at: toTimestampOrNull(user.last_signed_in_at),
});
