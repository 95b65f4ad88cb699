import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Redirect, useSearch } from "wouter";
import { clientOf } from "../../api/client.js";
import { sessionQuery } from "../../api/queries.js";
import { changeSession, sessionHasEnded } from "../../api/session.js";
import { Button } from "../../components/button.js";
import { Field } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import { Gate } from "../../shell/gate.js";
import { nextPath } from "../../sign-in-path.js";
import { InsecureNotice } from "./insecure-notice.js";
import styles from "./sign-in.module.css";

export function SignIn() {
  const search = useSearch();
  const queryClient = useQueryClient();
  const session = useQuery(sessionQuery);
  const [wasEnded] = useState(sessionHasEnded);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    // A repeat would count as another try, and leave behind the session that the first one began.
    mutationFn: () => clientOf("live").session.signIn({ name: name.trim(), password }, { maxRetries: 0 }),
    meta: { isShownInPlace: true },
    onSuccess: (session) => changeSession(queryClient, session),
    onError: () => setPassword(""),
  });
  if (session.data) return <Redirect to={nextPath(search)} replace />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate();
  };
  return (
    <Gate title="Sign in">
      <form className={styles.form} onSubmit={submit}>
        <InsecureNotice />
        {signIn.error ? (
          <ProblemNotice error={signIn.error} />
        ) : (
          wasEnded && <Notice tone="info" title="You were signed out." />
        )}
        {/* The server would take nothing over such a connection. */}
        <fieldset className={styles.fields} disabled={!isSecureContext}>
          <Field
            label="Name"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            autoFocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Field
            label="Password"
            type="password"
            name="password"
            autoComplete="current-password"
            required
            maxLength={200}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button type="submit" kind="primary" isBusy={signIn.isPending}>
            Sign in
          </Button>
        </fieldset>
      </form>
      <p className={styles.aside}>
        No password yet, or forgotten? Whoever runs the server can make a one-time link. Colleagues who are signed in
        can invite you under Settings, Users.
      </p>
    </Gate>
  );
}
