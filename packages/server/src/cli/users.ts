import { Command } from "commander";
import { DEFAULT_ACCOUNT, listAccounts } from "../accounts/accounts.js";
import { appendAudit, COMMAND_LINE } from "../audit/audit-log.js";
import { makerOf, summarise } from "../audit/summaries.js";
import { systemClock, toTimestamp, toTimestampOrNull } from "../clock.js";
import { type Config, ConfigError, loadConfig } from "../config.js";
import type { Store } from "../storage/store.js";
import {
  createInvitation,
  deleteInvitation,
  type ListedInvitation,
  linkPath,
  listInvitations,
  type NewInvitation,
} from "../users/invitations.js";
import { endSessionsOf } from "../users/sessions.js";
import { deleteUser, findUser, listUsers, type User, voidPassword } from "../users/users.js";
import { type DataOptions, getAccount, inExistingInstallation, print, table, withDataOptions } from "./command.js";
import { type ServerAddress, showOneTimeLink } from "./one-time-link.js";
import { findServerAddress } from "./operator-file.js";

/** `whatsflow users …` */
export function usersCommand(): Command {
  const users = new Command("users").description(
    "invite and remove people who use the dashboard, reset their passwords",
  );

  withDataOptions(users.command("invite"))
    .description("make a link by which one person becomes a user; it works once, for 24 hours")
    .option("--account <account>", "whose user it will be (name or id)", DEFAULT_ACCOUNT)
    .action(invite);

  withDataOptions(users.command("invitations"))
    .description("list the links of all accounts that nobody has used yet")
    .action(invitations);

  withDataOptions(users.command("void-invitation"))
    .description("void a link, so that nobody can use it")
    .argument("<id>", "the invitation's id")
    .action(voidInvitation);

  withDataOptions(users.command("list")).description("list the users of all accounts").action(list);

  withDataOptions(users.command("reset-password"))
    .description("sign a user out everywhere, void the password, and make a link that sets a new one")
    .argument("<name>", "the user's name")
    .action(resetPassword);

  withDataOptions(users.command("remove"))
    .description("remove a user, and end all sessions of it")
    .argument("<name>", "the user's name")
    .action(remove);
  return users;
}

async function invite(options: DataOptions & { account: string }): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    const { id } = await getAccount(store, options.account);
    const now = systemClock.now();
    const invitation = await store.write(async (tx) => {
      const made = await createInvitation(tx, id, {}, now);
      const done = { accountId: id, mode: null, actor: COMMAND_LINE, action: "createInvitation", subjectId: made.id };
      await appendAudit(tx, { ...done, summary: summarise("createInvitation", undefined) }, now);
      return made;
    });
    showLink(options, invitation, "Whoever opens this link chooses a name and a password:");
  });
}

async function invitations(options: DataOptions): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    const open = [];
    for (const account of await listAccounts(store.read))
      for (const { id, maker, user, created_at, expires_at } of await listOpen(store, account.id))
        open.push({
          id,
          account: account.name,
          created_by: maker,
          sets_password_of: user,
          created_at: toTimestamp(created_at),
          expires_at: toTimestamp(expires_at),
        });
    const rows = open.map(({ id, account, created_by, sets_password_of, expires_at }) => [
      id,
      account,
      makerOf(created_by?.name),
      sets_password_of?.name ?? "a new user",
      expires_at,
    ]);
    print(options, open, table([["ID", "ACCOUNT", "MADE BY", "FOR", "EXPIRES"], ...rows]));
  });
}

async function getOpen(store: Store, id: string): Promise<ListedInvitation> {
  for (const account of await listAccounts(store.read)) {
    const found = (await listOpen(store, account.id)).find((open) => open.id === id);
    if (found) return found;
  }
  throw new ConfigError(`There is no open invitation ${id}. See: whatsflow users invitations`);
}

const listOpen = (store: Store, accountId: string) => listInvitations(store.read, accountId, systemClock.now());

async function voidInvitation(id: string, options: DataOptions): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    const { account_id: accountId, maker } = await getOpen(store, id);
    await store.write(async (tx) => {
      const now = systemClock.now();
      await deleteInvitation(tx, accountId, id, now);
      const done = { accountId, mode: null, actor: COMMAND_LINE, action: "deleteInvitation", subjectId: id };
      const summary = summarise("deleteInvitation", makerOf(maker?.name));
      await appendAudit(tx, { ...done, summary }, now);
    });
    print(options, { id, voided: true }, [`Voided ${id}`]);
  });
}

async function list(options: DataOptions): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    const users = [];
    for (const account of await listAccounts(store.read))
      for (const { id, name, created_at, last_signed_in_at } of await listUsers(store.read, account.id))
        users.push({
          id,
          name,
          account: account.name,
          created_at: toTimestamp(created_at),
          last_signed_in_at: toTimestampOrNull(last_signed_in_at),
        });
    const rows = users.map(({ id, name, account, last_signed_in_at }) => [
      id,
      name,
      account,
      last_signed_in_at ?? "never",
    ]);
    print(options, users, table([["ID", "NAME", "ACCOUNT", "LAST SIGNED IN"], ...rows]));
  });
}

async function resetPassword(name: string, options: DataOptions): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    const user = await getNamed(store, name);
    const now = systemClock.now();
    const invitation = await store.write(async (tx) => {
      // Whoever else knows the password must not come back by it.
      await voidPassword(tx, user.id);
      await endSessionsOf(tx, user.id);
      await appendAudit(
        tx,
        { ...entryOf(user), action: "resetPassword", summary: `Reset the password of ${user.name}` },
        now,
      );
      return createInvitation(tx, user.account_id, { userId: user.id }, now);
    });
    showLink(
      options,
      invitation,
      `${user.name} is signed out everywhere, and the old password is void. This link sets a new one:`,
      user,
    );
  });
}

async function remove(name: string, options: DataOptions): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    const user = await getNamed(store, name);
    await store.write(async (tx) => {
      await deleteUser(tx, user.account_id, user.id);
      const entry = { ...entryOf(user), action: "deleteUser", summary: `Removed the user ${user.name}` };
      await appendAudit(tx, entry, systemClock.now());
    });
    print(options, { id: user.id, removed: true }, [`Removed ${user.name}`]);
  });
}

const entryOf = (user: User) => ({
  accountId: user.account_id,
  mode: null,
  actor: COMMAND_LINE,
  subjectId: user.id,
});

async function getNamed(store: Store, name: string): Promise<User> {
  const user = await findUser(store.read, name);
  if (!user) throw new ConfigError(`There is no user ${name}. See: whatsflow users list`);
  return user;
}

function showLink(options: DataOptions, { token, expiresAt }: NewInvitation, before: string, user?: User): void {
  const server = serverAddress(loadConfig(options));
  const url = server.url + linkPath(token, user);
  const until = toTimestamp(expiresAt);
  print(options, { url, expires_at: until }, [
    before,
    ...showOneTimeLink(server, token, user),
    `It works once, until ${until}.`,
  ]);
}

/** Where people find the server: as it is set, as it runs, or as it would start. */
function serverAddress({ publicUrl, dataDir, port }: Config): ServerAddress {
  const found = findServerAddress(dataDir) ?? { url: `http://localhost:${port}`, port };
  return { ...found, url: publicUrl ?? found.url };
}
