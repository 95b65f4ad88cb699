import { useState } from "react";
import { Checkbox, Field } from "../../components/field.js";

const MIN_LENGTH = 10;

/** What is wrong with a new password, and in which of the two fields; undefined where nothing is. */
export type PasswordProblem = { field: "password" | "again"; text: string };

export function passwordProblem(password: string, again: string, name: string): PasswordProblem | undefined {
  if ([...password].length < MIN_LENGTH)
    return { field: "password", text: `Use at least ${MIN_LENGTH} characters, such as a few words.` };
  if (name !== "" && password.toLowerCase() === name.trim().toLowerCase())
    return { field: "password", text: "Use something else than the name." };
  if (password !== again) return { field: "again", text: "The two are not the same." };
  return undefined;
}

/** A new password, typed twice. */
export function PasswordFields(props: {
  password: string;
  again: string;
  onPassword(value: string): void;
  onAgain(value: string): void;
  problem: PasswordProblem | undefined;
  /** What the server says against it. */
  error?: string | undefined;
  autoFocus?: boolean;
}) {
  const { password, again, onPassword, onAgain, problem, error, autoFocus } = props;
  const [isShown, setShown] = useState(false);
  const type = isShown ? "text" : "password";
  return (
    <>
      <Field
        label="New password"
        type={type}
        name="new-password"
        autoComplete="new-password"
        autoFocus={autoFocus}
        maxLength={200}
        value={password}
        error={error ?? (problem?.field === "password" ? problem.text : undefined)}
        hint={`At least ${MIN_LENGTH} characters.`}
        onChange={(event) => onPassword(event.target.value)}
      />
      <Field
        label="New password, again"
        type={type}
        name="new-password-again"
        autoComplete="new-password"
        maxLength={200}
        value={again}
        error={problem?.field === "again" ? problem.text : undefined}
        onChange={(event) => onAgain(event.target.value)}
      />
      <Checkbox label="Show what I type" checked={isShown} onChange={(event) => setShown(event.target.checked)} />
    </>
  );
}
