import { type FormEvent, type ReactNode, useId, useState } from "react";
import { fieldProblem } from "../../api/errors.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { ProblemNotice } from "../../components/notice.js";

type Props = {
  isOpen: boolean;
  onClose(): void;
  title: string;
  description?: string;
  /** What to know before. */
  notice?: ReactNode;
  action: string;
  /** What it is called now. */
  name: string;
  isBusy: boolean;
  error: unknown;
  onSubmit(name: string): void;
};

/** Asks for a device's name: of a new one, or a new name. */
export function DeviceNameDialog(props: Props) {
  const { isOpen, onClose, title, description, notice, action, isBusy } = props;
  const form = useId();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} kind="primary" isBusy={isBusy}>
            {action}
          </Button>
        </>
      }
    >
      {notice}
      <NameForm {...props} id={form} />
    </Dialog>
  );
}

/** Within the dialog, so that it begins anew each time that it opens. */
function NameForm({ id, name, isBusy, error, onSubmit }: Props & { id: string }) {
  const [value, setValue] = useState(name);
  const [wasTried, setTried] = useState(false);
  const trimmed = value.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (trimmed !== "" && !isBusy) onSubmit(trimmed);
  };
  const fieldError = fieldProblem(error, "device_name");
  return (
    <form id={id} onSubmit={submit}>
      {error != null && !fieldError && <ProblemNotice error={error} />}
      <Field
        label="Name"
        maxLength={100}
        autoComplete="off"
        placeholder="For example Sales line"
        value={value}
        error={fieldError ?? (wasTried && trimmed === "" ? "Give it a name." : undefined)}
        hint="For yourself; nobody you write to sees it."
        onChange={(event) => setValue(event.target.value)}
      />
    </form>
  );
}
