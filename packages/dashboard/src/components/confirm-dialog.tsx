import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";
import { Button } from "./button.js";
import styles from "./dialog.module.css";
import { ProblemNotice } from "./notice.js";

/** Asks before something is lost. `children` say what; `action` is the verb, as in "Remove device". */
export function ConfirmDialog(props: {
  isOpen: boolean;
  onClose(): void;
  title: string;
  children: ReactNode;
  action: string;
  onConfirm(): void;
  isBusy?: boolean;
  /** Why it did not work; shown here, where it can be tried again. */
  error?: unknown;
}) {
  const { isOpen, onClose, title, children, action, onConfirm, isBusy = false, error } = props;
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.backdrop} />
        <AlertDialog.Popup className={styles.popup}>
          <header className={styles.header}>
            <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
          </header>
          <div className={styles.body}>
            <AlertDialog.Description render={<div />} className={styles.description}>
              {children}
            </AlertDialog.Description>
            {error != null && <ProblemNotice error={error} />}
          </div>
          <footer className={styles.footer}>
            <AlertDialog.Close render={<Button>Cancel</Button>} />
            <Button kind="danger" isBusy={isBusy} onClick={onConfirm}>
              {action}
            </Button>
          </footer>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
