import type { ReactNode } from "react";
import { useTitle } from "../title.js";
import styles from "./gate.module.css";
import { Logo } from "./logo.js";

/** A page without navigation: before one is signed in. */
export function Gate({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  useTitle(title === "WhatsFlow" ? title : `${title} · WhatsFlow`);
  return (
    <main className={styles.gate}>
      <div className={styles.card}>
        <Logo />
        <div>
          <h1>{title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {children}
      </div>
    </main>
  );
}
