import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useRef, useState } from "react";
import { ApiError, fieldProblem } from "../../api/errors.js";
import { keys } from "../../api/query-keys.js";
import { useClient } from "../../api/use-client.js";
import { Button, ButtonLink } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Field, TextField } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import type { Message, SendMessageRequest } from "../../generated/resources.js";
import { DeviceSelect } from "./device-select.js";
import styles from "./messages.module.css";
import { newIdempotencyKey } from "./outbox.js";
import { senderOf, useSendingDevices } from "./sending-devices.js";

type Props = {
  /** Undefined while it is closed. */
  number: string | undefined;
  onClose(): void;
  onSent(contactId: string): void;
};

/** Writes to a number, whether or not there was a message before. */
export function NewMessageDialog({ number, onClose, onSent }: Props) {
  const form = useId();
  const client = useClient();
  const queryClient = useQueryClient();
  const send = useMutation({
    mutationFn: async ({ body, key }: { body: SendMessageRequest; key: string }) => {
      const id = await client.messages.send(body, { idempotencyKey: key }).then(
        ({ message_id }) => message_id,
        (error: unknown) => {
          // It is stored as failed, and stands with its reason in the conversation.
          if (error instanceof ApiError && error.messageId !== undefined) return error.messageId;
          throw error;
        },
      );
      return client.messages.get(id);
    },
    meta: { isShownInPlace: true },
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: keys.conversations(client.mode) }),
  });
  const submit = (body: SendMessageRequest, key: string) => {
    if (send.isPending) return;
    // Only for as long as the dialog is there: whoever has gone elsewhere is not called back.
    const onSuccess = ({ contact_id }: Message) => {
      send.reset();
      onSent(contact_id);
    };
    send.mutate({ body, key }, { onSuccess });
  };
  const close = () => {
    // What is on its way cannot be cancelled.
    if (send.isPending) return;
    send.reset();
    onClose();
  };
  return (
    <Dialog
      isOpen={number !== undefined}
      onClose={close}
      isStubborn
      title="New message"
      footer={
        <>
          <Button onClick={close} disabled={send.isPending}>
            Cancel
          </Button>
          <Button type="submit" form={form} kind="primary" isBusy={send.isPending}>
            Send
          </Button>
        </>
      }
    >
      <MessageForm id={form} number={number ?? ""} error={send.error} onSubmit={submit} />
    </Dialog>
  );
}

function MessageForm(props: {
  id: string;
  number: string;
  error: unknown;
  onSubmit(body: SendMessageRequest, key: string): void;
}) {
  const { id, error, onSubmit } = props;
  const [number, setNumber] = useState(props.number);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [wasTried, setTried] = useState(false);
  const connected = useSendingDevices();
  const sender = connected && senderOf(connected, chosen);
  /** The same request keeps its key, however often it is tried; a changed one is another. */
  const last = useRef({ request: "", key: "" });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (number.trim() === "" || text.trim() === "" || !sender) return;
    const body = { phone_number: number.trim(), message: text, device_id: sender.id };
    const request = JSON.stringify(body);
    if (last.current.request !== request) last.current = { request, key: newIdempotencyKey() };
    onSubmit(body, last.current.key);
  };
  const numberError = fieldProblem(error, "phone_number");
  const textError = fieldProblem(error, "message");
  return (
    <form id={id} onSubmit={submit} className={styles.form}>
      {connected?.length === 0 && (
        <Notice
          tone="warn"
          title="No device is connected"
          action={
            <ButtonLink href="/devices" size="s">
              Open devices
            </ButtonLink>
          }
        >
          Connect one, then write here.
        </Notice>
      )}
      {error != null && !numberError && !textError && <ProblemNotice error={error} />}
      <Field
        label="Number"
        type="tel"
        autoComplete="off"
        placeholder="+12025550104"
        value={number}
        hint="With + and country code. Spaces and dashes do no harm."
        error={numberError ?? (wasTried && number.trim() === "" ? "Say whom it goes to." : undefined)}
        onChange={(event) => setNumber(event.target.value)}
      />
      <TextField
        label="Message"
        dir="auto"
        rows={4}
        maxLength={65_536}
        value={text}
        error={textError ?? (wasTried && text.trim() === "" ? "Write something." : undefined)}
        onChange={(event) => setText(event.target.value)}
      />
      {connected && sender && connected.length > 1 && (
        <DeviceSelect connected={connected} sender={sender} onSender={setChosen} />
      )}
    </form>
  );
}
