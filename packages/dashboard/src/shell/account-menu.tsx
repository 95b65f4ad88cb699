import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { beginLeaving, changeSession, stayHere } from "../api/session.js";
import { useClient } from "../api/use-client.js";
import { Icon } from "../components/icons.js";
import { Menu } from "../components/menu.js";
import { chooseTheme, useTheme } from "../design/theme.js";
import type { Session } from "../generated/resources.js";
import styles from "./account-menu.module.css";

export function AccountMenu({ session }: { session: Session }) {
  const theme = useTheme();
  const client = useClient();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const signOut = useMutation({
    mutationFn: () => client.session.signOut(),
    onMutate: beginLeaving,
    onError: stayHere,
    onSuccess: () => {
      changeSession(queryClient, null);
      navigate("~/sign-in", { replace: true });
    },
  });
  return (
    <Menu
      trigger={
        <button type="button" className={styles.trigger}>
          <span className={styles.initial} aria-hidden="true">
            {session.user.name.slice(0, 1).toUpperCase()}
          </span>
          <span className="visually-hidden">Account of {session.user.name}</span>
          <span className={styles.name} aria-hidden="true">
            {session.user.name}
          </span>
          <Icon name="down" size={16} />
        </button>
      }
      items={[
        { label: "Your account", icon: "account", onSelect: () => navigate("/settings/account") },
        "-",
        { label: "Light", icon: "sun", isChosen: theme === "light", onSelect: () => chooseTheme("light") },
        { label: "Dark", icon: "moon", isChosen: theme === "dark", onSelect: () => chooseTheme("dark") },
        { label: "As the system", icon: "screen", isChosen: theme === "system", onSelect: () => chooseTheme("system") },
        "-",
        { label: "Sign out", icon: "logout", onSelect: () => signOut.isPending || signOut.mutate() },
      ]}
    />
  );
}
