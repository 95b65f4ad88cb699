import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useReachable } from "../api/connection.js";
import { useNewMessages } from "../api/new-messages.js";
import { useClient, useMode } from "../api/use-client.js";
import { useLive } from "../api/use-live.js";
import { Icon } from "../components/icons.js";
import { Menu } from "../components/menu.js";
import type { Session } from "../generated/resources.js";
import { useCountInTitle } from "../title.js";
import { AccountMenu } from "./account-menu.js";
import { Logo } from "./logo.js";
import { ModeSwitch } from "./mode-switch.js";
import { type Entry, NAVIGATION } from "./navigation.js";
import styles from "./shell.module.css";

/** What stays while pages change: navigation, the mode, who is signed in, and the stream of events. */
export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const mode = useMode();
  useLive(useClient());
  useCountInTitle(useNewMessages(mode).size);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <header className={styles.header}>
        <Link href="/overview" className={styles.home} aria-label="WhatsFlow, overview">
          <Logo />
        </Link>
        <ModeSwitch />
        <AccountMenu session={session} />
      </header>
      {mode === "test" && (
        <aside className={styles.banner} aria-label="Test mode">
          <span>
            <strong>Test mode</strong>
            <span className={styles.more}> · a sandbox without phones: nothing here reaches anybody</span>
          </span>
        </aside>
      )}
      <Sidebar session={session} />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Unreachable />
        {children}
      </main>
      <BottomBar />
    </div>
  );
}

const isCurrent = (path: string, entry: Entry): boolean => path === entry.path || path.startsWith(`${entry.path}/`);

function NavLink({ entry }: { entry: Entry }) {
  const [path] = useLocation();
  return (
    <Link href={entry.path} className={styles.link} aria-current={isCurrent(path, entry) ? "page" : undefined}>
      <Icon name={entry.icon} />
      <span>{entry.label}</span>
      {entry.path === "/messages" && <NewCount />}
    </Link>
  );
}

/** How many conversations have something new. */
function NewCount() {
  const { size } = useNewMessages(useMode());
  if (size === 0) return null;
  return (
    <span className={styles.count}>
      {size}
      <span className="visually-hidden"> new</span>
    </span>
  );
}

function Sidebar({ session }: { session: Session }) {
  return (
    <nav className={styles.sidebar} aria-label="Main">
      {NAVIGATION.map(({ label, entries }) => (
        <div key={label ?? ""} className={styles.group}>
          {label && <h2 className={styles.groupLabel}>{label}</h2>}
          <ul>
            {entries.map((entry) => (
              <li key={entry.path}>
                <NavLink entry={entry} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p className={styles.version}>WhatsFlow {session.server_version}</p>
    </nav>
  );
}

function BottomBar() {
  const [path, navigate] = useLocation();
  const entries = NAVIGATION.flatMap((group) => group.entries);
  const others = entries.filter(({ isInBar }) => !isInBar);
  return (
    <nav className={styles.bar} aria-label="Main, short">
      {entries
        .filter(({ isInBar }) => isInBar)
        .map((entry) => (
          <NavLink key={entry.path} entry={entry} />
        ))}
      <Menu
        trigger={
          <button type="button" className={styles.link} data-current={others.some((each) => isCurrent(path, each))}>
            <Icon name="more" />
            <span>More</span>
          </button>
        }
        items={others.map(({ path, label, icon }) => ({ label, icon, onSelect: () => navigate(path) }))}
      />
    </nav>
  );
}

function Unreachable() {
  const isReachable = useReachable();
  return (
    <div role="status">
      {!isReachable && (
        <p className={styles.unreachable}>
          <Icon name="warning" size={16} />
          <span>The server cannot be reached. What you see may be old. Trying again…</span>
        </p>
      )}
    </div>
  );
}
