import { Link, useLocation } from "wouter";
import { useMode } from "../api/use-client.js";
import { inMode } from "../mode.js";
import styles from "./mode-switch.module.css";

const MODES = [
  { mode: "live", label: "Live" },
  { mode: "test", label: "Test" },
] as const;

/** Live and test are two worlds; which one is shown is said beside every page. */
export function ModeSwitch() {
  const current = useMode();
  const [path] = useLocation();
  return (
    <nav className={styles.switch} aria-label="Mode">
      {MODES.map(({ mode, label }) => (
        <Link
          key={mode}
          href={`~${inMode(mode, `/${current}${path}`)}`}
          className={styles.mode}
          data-mode={mode}
          aria-current={mode === current ? "true" : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
