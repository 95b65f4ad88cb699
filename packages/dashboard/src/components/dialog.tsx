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
  /** Neither Escape nor a click beside it closes it: for what is shown only once, or was typed in. Its buttons do. */
  isStubborn?: boolean;
  /** Nothing closes it: a request is under way whose answer is shown only here. */
  isBusy?: boolean;
};

export function Dialog(props: DialogProps) {
  const {
    isOpen,
    onClose,
    title,
    description,
    children,
    footer,
    size = "m",
    isStubborn = false,
    isBusy = false,
  } = props;
  const body = useRef<HTMLDivElement>(null);
  // Whoever opens a form wants to write, and not to close it. On a phone the keyboard would hide half of it.
  const firstControl = (by: string) =>
    (by !== "touch" && body.current?.querySelector<HTMLElement>("input, select, textarea")) || true;
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(open, { reason }) => open || isBusy || (isStubborn && reason === "escape-key") || onClose()}
      disablePointerDismissal={isStubborn}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.popup} data-size={size} initialFocus={firstControl}>
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close disabled={isBusy} render={<IconButton icon="close" label="Close" />} />
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
