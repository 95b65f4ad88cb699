import { Dialog as Base } from "@base-ui/react/dialog";
import { type ReactNode, useRef } from "react";
import { IconButton } from "./button.js";
import styles from "./dialog.module.css";

export type DialogProps = {
  isOpen: boolean;
  onClose(): void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  size?: "m" | "l";
  /** A click beside it does not close it: for what is shown only once, or was typed in. */
  isStubborn?: boolean;
};

export function Dialog({ isOpen, onClose, title, description, children, footer, size = "m", isStubborn }: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  // Whoever opens a form wants to write, and not to close it. On a phone the keyboard would hide half of it.
  const firstControl = (by: string) =>
    (by !== "touch" && body.current?.querySelector<HTMLElement>("input, select, textarea")) || true;
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => open || onClose()} disablePointerDismissal={isStubborn ?? false}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.popup} data-size={size} initialFocus={firstControl}>
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close render={<IconButton icon="close" label="Close" />} />
          </header>
          <div ref={body} className={styles.body}>
            {description && <Base.Description className={styles.description}>{description}</Base.Description>}
            {children}
          </div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
