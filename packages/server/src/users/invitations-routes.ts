import { getAccountById } from "../accounts/accounts.js";
import { invalid } from "../errors.js";
import type { Handlers } from "../http/contract.js";
import { getInvitation, takeInvitation } from "./invitations.js";
import { endSessionsOf, newToken, startSession } from "./sessions.js";
import { placesOf, requirePrivacy, type SessionRouteDeps, toSession } from "./sessions-routes.js";
import { checkNewUser, createUser, getUser, nameKey, requireFreeName, setPassword, type User } from "./users.js";

export function invitationRoutes({
  store,
  clock,
  sessions,
  passwords,
  signInLimits,
}: SessionRouteDeps): Pick<Handlers, "acceptInvitation"> {
  return {
    async acceptInvitation({ body, client, reply, write, setCookie, signedInAs }) {
      const from = requirePrivacy(client());
      // With a link that works, too: each hashing costs as much, and each name that is taken says so.
      const guess = signInLimits.begin(placesOf(from));
      const { user_id: userId } = await getInvitation(store.read, body.token, clock.now());
      const name = nameOf(body.name, userId === null ? undefined : await getUser(store.read, userId));
      checkNewUser(name, body.password);
      if (userId === null) await requireFreeName(store.read, name);
      const passwordHash = await guess.made(passwords.hash(body.password));
      const token = newToken();
      const answer = await write(async (tx) => {
        const now = clock.now();
        const { account_id, user_id, created_by } = await takeInvitation(tx, body.token, now);
        const inviter = created_by === null ? undefined : await getUser(tx, created_by);
        let user: User;
        if (user_id === null) user = await createUser(tx, account_id, { name, passwordHash }, now);
        else {
          user = await getUser(tx, user_id);
          await setPassword(tx, user_id, passwordHash);
          await endSessionsOf(tx, user_id);
        }
        const session = await startSession(tx, user.id, { token, userAgent: from.userAgent }, now);
        signedInAs(user, inviter?.name);
        const account = await getAccountById(tx, account_id);
        return reply(200, { success: true, data: toSession(session, { ...user, last_signed_in_at: now }, account) });
      });
      guess.succeeded();
      sessions.ended();
      setCookie(token);
      return answer;
    },
  };
}

/** Whoever sets a password anew keeps the name, and need not say it. */
function nameOf(given: string | undefined, user: User | undefined): string {
  if (!user) {
    if (given === undefined) throw invalid("name", "is required: the link makes a new user");
    return given;
  }
  if (given !== undefined && nameKey(given) !== nameKey(user.name))
    throw invalid("name", `must be ${user.name}, whose link this is; leave it out`);
  return user.name;
}
