import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { sessionQuery, sessionsQuery } from "../../api/queries.js";
import { beginLeaving, changeSession, stayHere } from "../../api/session.js";
import { useClient } from "../../api/use-client.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { ConfirmDialog } from "../../components/confirm-dialog.js";
import { Select } from "../../components/field.js";
import { Card, Page } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import { RelativeTime } from "../../components/relative-time.js";
import { Table } from "../../components/table.js";
import { chooseTheme, type Theme, useTheme } from "../../design/theme.js";
import { browserOf } from "./browser-names.js";
import { PasswordForm } from "./password-form.js";
import styles from "./settings.module.css";

/** One's own password, and where one is signed in. */
export function AccountPage() {
  const { data: session } = useQuery(sessionQuery);
  return (
    <Page title="Your account" description={session ? `You are signed in as ${session.user.name}.` : undefined}>
      <Card title="Change the password">
        <PasswordForm name={session?.user.name ?? ""} />
      </Card>
      <Sessions />
      <Appearance />
    </Page>
  );
}

const THEME_OPTIONS = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

function Appearance() {
  return (
    <Card title="Appearance">
      <div className={styles.form}>
        <Select<Theme>
          label="Colours"
          options={THEME_OPTIONS}
          value={useTheme()}
          onChange={chooseTheme}
          hint="Kept in this browser."
        />
      </div>
    </Card>
  );
}

function Sessions() {
  const client = useClient();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const query = useQuery(sessionsQuery(client));
  const [isAsking, setAsking] = useState(false);
  const signOut = useMutation({
    mutationFn: () => client.session.signOutEverywhere(),
    onMutate: beginLeaving,
    onError: stayHere,
    meta: { isShownInPlace: true },
    onSuccess: () => {
      changeSession(queryClient, null);
      navigate("~/sign-in", { replace: true });
    },
  });
  return (
    <Card
      title="Where you are signed in"
      actions={
        <Button size="s" icon="logout" onClick={() => setAsking(true)}>
          Sign out everywhere
        </Button>
      }
    >
      <QueryView query={query}>
        {(sessions) => (
          <Table
            label="Your sessions"
            rows={sessions}
            rowKey={({ id }) => id}
            columns={[
              {
                head: "Browser",
                isTitle: true,
                cell: ({ user_agent, is_current }) => (
                  <span className={styles.name} title={user_agent ?? undefined}>
                    {browserOf(user_agent)} {is_current && <Badge tone="accent">This one</Badge>}
                  </span>
                ),
              },
              { head: "Signed in", cell: ({ created_at }) => <RelativeTime at={created_at} /> },
              { head: "Last used", cell: ({ last_used_at }) => <RelativeTime at={last_used_at} /> },
              { head: "Ends", cell: ({ expires_at }) => <RelativeTime at={expires_at} /> },
            ]}
          />
        )}
      </QueryView>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => {
          signOut.reset();
          setAsking(false);
        }}
        title="Sign out everywhere?"
        action="Sign out everywhere"
        isBusy={signOut.isPending}
        error={signOut.error}
        onConfirm={() => signOut.mutate()}
      >
        <p>All your sessions end at once, this one too. Sign in again with your password.</p>
      </ConfirmDialog>
    </Card>
  );
}
