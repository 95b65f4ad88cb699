import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Client } from "../../api/client.js";
import { keys } from "../../api/query-keys.js";
import { useClient } from "../../api/use-client.js";
import { Button } from "../../components/button.js";
import { ConfirmDialog } from "../../components/confirm-dialog.js";
import { Card } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import { RelativeTime, useNow } from "../../components/relative-time.js";
import { type Column, Table } from "../../components/table.js";
import { showDone } from "../../components/toast.js";
import type { ListedInvitation } from "../../generated/resources.js";
import styles from "./settings.module.css";

/** Below the users' key: a link ends with the user who made it, so what changes those changes these. */
export const INVITATIONS_KEY = [...keys.users, "invitations"] as const;

const invitationsQuery = (client: Client) =>
  queryOptions({ queryKey: INVITATIONS_KEY, queryFn: ({ signal }) => client.users.invitations({ signal }) });

/** The one-time links that somebody may still use. */
export function OpenInvitations() {
  const query = useQuery(invitationsQuery(useClient()));
  const now = useNow();
  const [voiding, setVoiding] = useState<ListedInvitation | undefined>(undefined);
  return (
    <Card title="Open invitations">
      <QueryView query={query}>
        {(invitations) => {
          const open = invitations.filter(({ expires_at }) => Date.parse(expires_at) > now);
          if (open.length === 0)
            return (
              <p className={styles.quiet}>None. A link stands here from when it is made until it is used or ends.</p>
            );
          return <Table label="Open invitations" rows={open} rowKey={({ id }) => id} columns={columns(setVoiding)} />;
        }}
      </QueryView>
      <VoidDialog invitation={voiding} onClose={() => setVoiding(undefined)} />
    </Card>
  );
}

const purposeOf = ({ sets_password_of }: ListedInvitation): string =>
  sets_password_of ? `A new password of ${sets_password_of.name}` : "A new user";

const columns = (onVoid: (invitation: ListedInvitation) => void): Column<ListedInvitation>[] => [
  { head: "For", isTitle: true, cell: purposeOf },
  { head: "Made by", cell: ({ created_by }) => created_by?.name ?? "somebody on the server's machine" },
  { head: "Made", cell: ({ created_at }) => <RelativeTime at={created_at} /> },
  { head: "Ends", cell: ({ expires_at }) => <RelativeTime at={expires_at} /> },
  {
    head: "Actions",
    isActions: true,
    cell: (invitation) => (
      <Button size="s" aria-label={`Void: ${purposeOf(invitation)}`} onClick={() => onVoid(invitation)}>
        Void
      </Button>
    ),
  },
];

function VoidDialog({ invitation, onClose }: { invitation: ListedInvitation | undefined; onClose(): void }) {
  const client = useClient();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => client.users.deleteInvitation(id),
    meta: { isShownInPlace: true },
    onSuccess: () => {
      showDone("The link is void");
      close();
    },
    // Refused, it was used or has ended: that is to be seen, too.
    onSettled: () => queryClient.invalidateQueries({ queryKey: INVITATIONS_KEY }),
  });
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={invitation !== undefined}
      onClose={close}
      title="Void this link?"
      action="Void link"
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => invitation && remove.mutate(invitation.id)}
    >
      <p>
        {invitation?.sets_password_of
          ? `${invitation.sets_password_of.name} cannot set a new password with it any more, and needs another link.`
          : "Nobody can become a user with it any more. Whoever was to have it needs another link."}
      </p>
    </ConfirmDialog>
  );
}
