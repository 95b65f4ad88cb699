import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sessionQuery, usersQuery } from "../../api/queries.js";
import { keys } from "../../api/query-keys.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { Button, IconButton } from "../../components/button.js";
import { Code } from "../../components/code.js";
import { ConfirmDialog } from "../../components/confirm-dialog.js";
import { Dialog } from "../../components/dialog.js";
import { Menu } from "../../components/menu.js";
import { Page } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import { RelativeTime } from "../../components/relative-time.js";
import { Table } from "../../components/table.js";
import { dayOf } from "../../components/times.js";
import { showDone } from "../../components/toast.js";
import type { Invitation, User } from "../../generated/resources.js";
import { INVITATIONS_KEY, OpenInvitations } from "./open-invitations.js";
import styles from "./settings.module.css";

/** Who may sign in. */
export function UsersPage() {
  const client = useClient();
  const query = useQuery(usersQuery(client));
  const { data: session } = useQuery(sessionQuery);
  const [removing, setRemoving] = useState<User | undefined>(undefined);
  const queryClient = useQueryClient();
  const invite = useMutation({
    // A repeat would make another link, and leave one that nobody has seen.
    mutationFn: () => client.users.invite({ maxRetries: 0 }),
    // The link is not kept for longer than its dialog.
    gcTime: 0,
    onSettled: () => queryClient.invalidateQueries({ queryKey: INVITATIONS_KEY }),
  });
  return (
    <Page
      title="Users"
      description="The people who may sign in to this dashboard. Each of them may do everything in it, in both modes."
      actions={
        <Button kind="primary" icon="plus" isBusy={invite.isPending} onClick={() => invite.mutate()}>
          Invite a colleague
        </Button>
      }
    >
      <QueryView query={query}>
        {(users) => (
          <Table
            label="Users"
            rows={users}
            rowKey={({ id }) => id}
            columns={[
              {
                head: "Name",
                isTitle: true,
                cell: ({ id, name }) => (
                  <span className={styles.name}>
                    {name} {id === session?.user.id && <Badge tone="accent">You</Badge>}
                  </span>
                ),
              },
              { head: "Last signed in", cell: ({ last_signed_in_at }) => <RelativeTime at={last_signed_in_at} /> },
              { head: "Added", cell: ({ created_at }) => dayOf(created_at) },
              {
                head: "Actions",
                isActions: true,
                cell: (user) => (
                  <Menu
                    trigger={<IconButton icon="more" label={`Actions for ${user.name}`} />}
                    items={[
                      {
                        label: "Remove",
                        icon: "trash",
                        isDangerous: true,
                        // The server refuses it, too.
                        isDisabled: users.length === 1,
                        onSelect: () => setRemoving(user),
                      },
                    ]}
                  />
                ),
              },
            ]}
          />
        )}
      </QueryView>
      <OpenInvitations />
      <InvitationDialog invitation={invite.data} onClose={invite.reset} />
      <RemoveDialog user={removing} isSelf={removing?.id === session?.user.id} onClose={() => setRemoving(undefined)} />
    </Page>
  );
}

/** The link, shown this once. */
function InvitationDialog({ invitation, onClose }: { invitation: Invitation | undefined; onClose(): void }) {
  return (
    <Dialog
      isOpen={invitation !== undefined}
      onClose={onClose}
      isStubborn
      title="An invitation, shown this once"
      description="Hand this link to one person, by a way that you trust. Whoever opens it first becomes a user."
      footer={
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {invitation && (
        <>
          <Code label="The link" text={location.origin + invitation.path} isWrapped />
          <p className={styles.quiet}>
            It works once, and ends <RelativeTime at={invitation.expires_at} />.
          </p>
        </>
      )}
    </Dialog>
  );
}

function RemoveDialog({ user, isSelf, onClose }: { user: User | undefined; isSelf: boolean; onClose(): void }) {
  const client = useClient();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => client.users.delete(id),
    meta: { isShownInPlace: true },
    onSuccess: () => {
      showDone(`${user?.name ?? "The user"} was removed`);
      close();
    },
    // Of oneself: the answer to this is that nobody is signed in.
    onSettled: () => queryClient.invalidateQueries({ queryKey: isSelf ? sessionQuery.queryKey : keys.users }),
  });
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={user !== undefined}
      onClose={close}
      title={isSelf ? "Remove yourself?" : `Remove ${user?.name ?? "this user"}?`}
      action="Remove user"
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => user && remove.mutate(user.id)}
    >
      <p>
        {isSelf
          ? "You are signed out everywhere, and can come back only with a new invitation."
          : "All sessions of this user end at once, and the password stops working. API keys that were made by this user go on working."}
      </p>
    </ConfirmDialog>
  );
}
