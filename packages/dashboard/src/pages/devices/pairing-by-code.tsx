import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { fieldProblem } from "../../api/errors.js";
import { useClient } from "../../api/use-client.js";
import { Button } from "../../components/button.js";
import { CopyButton } from "../../components/copy-button.js";
import { Field } from "../../components/field.js";
import { ProblemNotice } from "../../components/notice.js";
import { RelativeTime, useNow } from "../../components/relative-time.js";
import type { Device } from "../../generated/resources.js";
import styles from "./devices.module.css";

/** The number of the phone, and its code once that was asked for. */
export function usePairingCode(device: Device) {
  const client = useClient();
  const [number, setNumber] = useState("");
  const ask = useMutation({
    mutationFn: () => client.devices.pairingCode(device.id, { phone_number: number.trim() }),
    meta: { isShownInPlace: true },
    // What pairs a device is not kept for longer than its page.
    gcTime: 0,
  });
  return { number, setNumber, ask };
}

/** For a phone that cannot scan: a code that is typed into it. */
export function PairingByCode({ asking }: { asking: ReturnType<typeof usePairingCode> }) {
  const { number, setNumber, ask } = asking;
  const [wasTried, setTried] = useState(false);
  const now = useNow();
  const isOver = ask.data !== undefined && Date.parse(ask.data.expires_at) <= now;
  const isMissing = number.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isMissing && !ask.isPending) ask.mutate();
  };
  const numberError = fieldProblem(ask.error, "phone_number");
  return (
    <div className={styles.byCode}>
      <form className={styles.numberForm} onSubmit={submit}>
        {ask.error && !numberError && <ProblemNotice error={ask.error} />}
        <Field
          label="The phone's own number"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          placeholder="+94 77 123 4567"
          value={number}
          error={numberError ?? (wasTried && isMissing ? "Write the number, with its country code." : undefined)}
          hint="With its country code, beginning with +."
          onChange={(event) => setNumber(event.target.value)}
        />
        <div>
          <Button type="submit" kind={ask.data && !isOver ? "secondary" : "primary"} isBusy={ask.isPending}>
            {ask.data ? "Get another code" : "Get a code"}
          </Button>
        </div>
      </form>
      <div role="status">
        {isOver && <p className={styles.waiting}>The code has ended. Get another one.</p>}
        {ask.data && !isOver && (
          <div className={styles.codeBox}>
            <output className={styles.code}>
              {ask.data.code.slice(0, 4)}-{ask.data.code.slice(4)}
            </output>
            <CopyButton text={ask.data.code} />
            <p className={styles.reason}>
              Ends <RelativeTime at={ask.data.expires_at} />.
            </p>
          </div>
        )}
      </div>
      <ol className={styles.steps}>
        <li>
          In WhatsApp on the phone, open <strong>Linked devices</strong>, then tap <strong>Link a device</strong>.
        </li>
        <li>
          Tap <strong>Link with phone number instead</strong>.
        </li>
        <li>Type the code. This page says so as soon as it is connected.</li>
      </ol>
    </div>
  );
}
