import type { ComponentProps, ReactNode } from "react";
import { Link } from "wouter";
import styles from "./button.module.css";
import { Icon, type IconName } from "./icons.js";

type Kind = "primary" | "secondary" | "quiet" | "danger";
type Size = "m" | "s";

type Look = { kind?: Kind; size?: Size; icon?: IconName | undefined };

export type ButtonProps = ComponentProps<"button"> &
  Look & {
    /** Shows that it is at work, and takes no further click. It keeps the focus. */
    isBusy?: boolean;
  };

export function Button({ kind = "secondary", size = "m", icon, isBusy = false, children, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      className={`${styles.button} ${props.className ?? ""}`}
      data-kind={kind}
      data-size={size}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || props["aria-disabled"]}
      onClick={(event) => {
        // The second click of a double click is meant for nothing that has come in the place of what the first one was for.
        if (isBusy || event.detail > 1) event.preventDefault();
        else props.onClick?.(event);
      }}
    >
      {isBusy ? <span className={styles.spinner} aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

type LinkLook = Look & { href: string; children: ReactNode };

/** Looks like a button and leads somewhere. */
export function ButtonLink({ kind = "secondary", size = "m", icon, href, children }: LinkLook) {
  return (
    <Link href={href} className={styles.button} data-kind={kind} data-size={size}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}

/** Only a drawing; `label` is what it is called. */
export function IconButton({ icon, label, ...props }: ComponentProps<"button"> & { icon: IconName; label: string }) {
  return (
    <button type="button" title={label} {...props} aria-label={label} className={styles.icon}>
      <Icon name={icon} />
    </button>
  );
}
