import { type ComponentProps, type ReactNode, useId } from "react";
import styles from "./field.module.css";
import { Icon } from "./icons.js";

type Around = {
  label: string;
  /** What to write, and why. */
  hint?: ReactNode;
  error?: string | undefined;
};

/** Label, hint and error around one control, which is told of them by id. */
function Frame(props: Around & { id: string; children: ReactNode }) {
  const { id, label, hint, error, children } = props;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

function describedBy(id: string, { hint, error }: Around): string | undefined {
  const ids = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : undefined;
}

/** A line of text. */
export function Field({ label, hint, error, ...props }: ComponentProps<"input"> & Around) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        {...props}
        id={id}
        className={styles.control}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { label, hint, error })}
      />
    </Frame>
  );
}

/** Several lines of text. @public */
export function TextField({ label, hint, error, ...props }: ComponentProps<"textarea"> & Around) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        {...props}
        id={id}
        className={styles.control}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { label, hint, error })}
      />
    </Frame>
  );
}

export type Option<T extends string> = { value: T; label: string };

/** One of a few. It is the browser's own, which every phone and screen reader knows. */
export function Select<T extends string>(
  props: Around & { options: readonly Option<T>[]; value: T; onChange(value: T): void; isDisabled?: boolean },
) {
  const { label, hint, error, options, value, onChange, isDisabled = false } = props;
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <div className={styles.select}>
        <select
          id={id}
          className={styles.control}
          value={value}
          disabled={isDisabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { label, hint, error })}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" size={16} />
      </div>
    </Frame>
  );
}

/** On or off, with an explanation. */
export function Checkbox({ label, hint, ...props }: Omit<ComponentProps<"input">, "type"> & Omit<Around, "error">) {
  const id = useId();
  return (
    <div className={styles.checkbox}>
      <input {...props} id={id} type="checkbox" aria-describedby={hint ? `${id}-hint` : undefined} />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
