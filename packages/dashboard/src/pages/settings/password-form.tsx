import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { fieldProblem } from "../../api/errors.js";
import { keys } from "../../api/query-keys.js";
import { useClient } from "../../api/use-client.js";
import { Button } from "../../components/button.js";
import { Field } from "../../components/field.js";
import { ProblemNotice } from "../../components/notice.js";
import { showDone } from "../../components/toast.js";
import { PasswordFields, passwordProblem } from "../sign-in/password-fields.js";
import styles from "./settings.module.css";

export function PasswordForm({ name }: { name: string }) {
  const client = useClient();
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [wasTried, setTried] = useState(false);
  const change = useMutation({
    mutationFn: () => client.session.changePassword({ current_password: current, new_password: password }),
    meta: { isShownInPlace: true },
    onSuccess: () => {
      for (const set of [setCurrent, setPassword, setAgain]) set("");
      setTried(false);
      showDone("The password was changed", "Your other sessions were signed out.");
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.sessions }),
  });
  const problem = passwordProblem(password, again, name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!problem && current !== "" && !change.isPending) change.mutate();
  };
  const newError = fieldProblem(change.error, "new_password");
  return (
    <form className={styles.form} onSubmit={submit}>
      {change.error && !newError && <ProblemNotice error={change.error} />}
      {/* For password managers, which want to know whose password it is. */}
      <input hidden readOnly name="username" autoComplete="username" value={name} />
      <Field
        label="Current password"
        type="password"
        autoComplete="current-password"
        maxLength={200}
        value={current}
        error={wasTried && current === "" ? "Write the password that you sign in with now." : undefined}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <PasswordFields
        password={password}
        again={again}
        onPassword={setPassword}
        onAgain={setAgain}
        problem={wasTried ? problem : undefined}
        error={newError}
      />
      <div>
        <Button type="submit" kind="primary" isBusy={change.isPending}>
          Change the password
        </Button>
      </div>
      <p className={styles.quiet}>Your other sessions are signed out by it.</p>
    </form>
  );
}
