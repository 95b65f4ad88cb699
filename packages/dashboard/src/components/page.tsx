import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";
import { useTitle } from "../title.js";
import { Icon } from "./icons.js";
import styles from "./page.module.css";

let isFirst = true;

/** The frame of every page: its title, which has the focus when one comes to it, what it is for, and its main action. */
export function Page(props: {
  title: string;
  /** Of a page about one thing: where all of them are. */
  back?: { href: string; label: string };
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { title, back, description, actions, children } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(`${title} · WhatsFlow`);
  useEffect(() => {
    // The first page begins at the top, as any page does, with the link that skips the navigation.
    if (isFirst) {
      isFirst = false;
      return;
    }
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div className={styles.words}>
          {back && (
            <Link href={back.href} className={styles.back}>
              <Icon name="back" size={16} />
              {back.label}
            </Link>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {description && <p className={styles.description}>{description}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** What stands in a page's place: while it is loaded, or when it has failed. */
export function PagePlace({ children }: { children: ReactNode }) {
  return <div className={styles.page}>{children}</div>;
}

/** A part of a page, in a frame. */
export function Card(props: { title?: string; actions?: ReactNode; children: ReactNode }) {
  const { title, actions, children } = props;
  return (
    <section className={styles.card} aria-label={title}>
      {(title || actions) && (
        <header className={styles.cardHeader}>
          {title && <h2>{title}</h2>}
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
