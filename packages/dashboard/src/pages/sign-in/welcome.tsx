import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { clientOf } from "../../api/client.js";
import { fieldProblem, NotFoundError } from "../../api/errors.js";
import { changeSession } from "../../api/session.js";
import { Button, ButtonLink } from "../../components/button.js";
import { Field } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import { Gate } from "../../shell/gate.js";
import { InsecureNotice } from "./insecure-notice.js";
import { PasswordFields, passwordProblem } from "./password-fields.js";
import styles from "./sign-in.module.css";
import { forgetWelcome } from "./welcome-token.js";

/** What a one-time link leads to: a name and a password of one's own, and the session begins. */
export function Welcome({ token }: { token: string }) {
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [wasTried, setTried] = useState(false);
  const accept = useMutation({
    mutationFn: () => {
      const chosen = name.trim();
      return clientOf("live").users.acceptInvitation({ token, password, ...(chosen && { name: chosen }) });
    },
    meta: { isShownInPlace: true },
    onSuccess: (session) => {
      changeSession(queryClient, session);
      forgetWelcome();
      navigate("/", { replace: true });
    },
  });
  if (token === "" || accept.error instanceof NotFoundError) return <DeadLink />;

  const problem = passwordProblem(password, again, name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!problem && !accept.isPending) accept.mutate();
  };
  const nameError = fieldProblem(accept.error, "name");
  const passwordError = fieldProblem(accept.error, "password");
  return (
    <Gate title="Welcome" lead="Choose what you will sign in with. This link works once.">
      <form className={styles.form} onSubmit={submit}>
        <InsecureNotice />
        {accept.error && !nameError && !passwordError && <ProblemNotice error={accept.error} />}
        <Field
          label="Name"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          maxLength={100}
          value={name}
          error={nameError}
          hint="Such as your e-mail address. Leave it empty if this link is for a new password only."
          onChange={(event) => setName(event.target.value)}
        />
        <PasswordFields
          password={password}
          again={again}
          onPassword={setPassword}
          onAgain={setAgain}
          problem={wasTried ? problem : undefined}
          error={passwordError}
        />
        <Button type="submit" kind="primary" isBusy={accept.isPending}>
          Set password and sign in
        </Button>
      </form>
    </Gate>
  );
}

function DeadLink() {
  return (
    <Gate title="This link does not work">
      <Notice tone="warn">
        It was used already, it has expired, or a part of it is missing. Links work once, for 24 hours.
      </Notice>
      <p>
        If you have set a password with it, sign in. Else ask for a new link: whoever runs the server can make one, and
        so can colleagues who are signed in, under Settings, Users.
      </p>
      <ButtonLink href="/sign-in" kind="primary">
        Go to the sign-in
      </ButtonLink>
    </Gate>
  );
}
