import { type FormEvent, useState } from "react";
import { fieldProblem } from "../../api/errors.js";
import { Button } from "../../components/button.js";
import { Checkbox, Field } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import type { EventName, Webhook } from "../../generated/resources.js";
import { EVENTS } from "./event-words.js";
import { canBeReadOnTheWay } from "./webhook-address.js";
import styles from "./webhooks.module.css";

export type WebhookFormValue = { url: string; events: EventName[]; description: string; ordered: boolean };

const MESSAGES: readonly EventName[] = EVENTS.map(({ event }) => event).filter((event) => event.startsWith("message."));

/** What a webhook is made of; of a new one, or of one that there is. */
export function WebhookForm(props: {
  id: string;
  webhook?: Webhook;
  error: unknown;
  onSubmit(value: WebhookFormValue): void;
}) {
  const { id, webhook, error, onSubmit } = props;
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [events, setEvents] = useState<readonly EventName[]>(webhook?.events ?? ["message.received"]);
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [ordered, setOrdered] = useState(webhook?.ordered ?? false);
  const [wasTried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (url.trim() === "" || events.length === 0) return;
    onSubmit({ url: url.trim(), events: [...events], description: description.trim(), ordered });
  };
  const urlError = fieldProblem(error, "url");
  const descriptionError = fieldProblem(error, "description");
  return (
    // The server says what is wrong with an address, in words that fit.
    <form id={id} onSubmit={submit} noValidate className={styles.form}>
      {error != null && !urlError && !descriptionError && <ProblemNotice error={error} />}
      <Field
        label="Address"
        type="url"
        inputMode="url"
        autoComplete="off"
        placeholder="https://example.com/webhooks/whatsflow"
        hint="Where your program takes POST requests."
        value={url}
        error={urlError ?? (wasTried && url.trim() === "" ? "Give the address." : undefined)}
        onChange={(event) => setUrl(event.target.value)}
      />
      {canBeReadOnTheWay(url) && (
        <Notice tone="warn" title="Not encrypted">
          What is sent over plain http can be read on the way. Use it in your own network only.
        </Notice>
      )}
      <Field
        label="Description"
        autoComplete="off"
        maxLength={500}
        hint="For yourself; may be left out."
        value={description}
        error={descriptionError}
        onChange={(event) => setDescription(event.target.value)}
      />
      <fieldset className={styles.group}>
        <legend>What it is told</legend>
        <div className={styles.presets}>
          <Button size="s" onClick={() => setEvents(MESSAGES)}>
            All about messages
          </Button>
          <Button size="s" onClick={() => setEvents(EVENTS.map(({ event }) => event))}>
            Everything
          </Button>
          <Button size="s" kind="quiet" onClick={() => setEvents([])}>
            Nothing
          </Button>
        </div>
        <div className={styles.events}>
          {EVENTS.map(({ event, when }) => (
            <Checkbox
              key={event}
              label={event}
              hint={when}
              checked={events.includes(event)}
              onChange={({ target }) =>
                setEvents(target.checked ? [...events, event] : events.filter((each) => each !== event))
              }
            />
          ))}
        </div>
        {wasTried && events.length === 0 && (
          <p role="alert" className={styles.error}>
            Choose at least one event.
          </p>
        )}
      </fieldset>
      <Checkbox
        label="In order"
        hint="One delivery at a time, in the order of their events. One that fails holds up those after it."
        checked={ordered}
        onChange={({ target }) => setOrdered(target.checked)}
      />
    </form>
  );
}
