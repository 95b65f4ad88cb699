import type { ReactNode } from "react";
import { Button } from "./button.js";
import { Dialog, type DialogProps } from "./dialog.js";

type Props = Pick<DialogProps, "isOpen" | "onClose" | "title" | "children"> & {
  /** Whether it is being made. */
  isBusy: boolean;
  /** Whether it was made, and is shown. */
  isMade: boolean;
  /** The button that has it made. */
  action: ReactNode;
  /** Where there is more to do than to close it. */
  onSaved?: () => void;
  /** How large what is asked is. */
  size?: DialogProps["size"];
};

/** Asks for what a secret is made with; then shows it, this once. */
export function OnceDialog({ isBusy, isMade, action, onSaved, size = "m", ...dialog }: Props) {
  return (
    <Dialog
      {...dialog}
      isStubborn
      isBusy={isBusy}
      size={isMade ? "m" : size}
      footer={
        isMade ? (
          <Button kind="primary" onClick={onSaved ?? dialog.onClose}>
            I have saved it
          </Button>
        ) : (
          <>
            <Button disabled={isBusy} onClick={dialog.onClose}>
              Cancel
            </Button>
            {action}
          </>
        )
      }
    />
  );
}
