import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { clientOf } from "../../api/client.js";
import { ApiError, fieldProblem, NotFoundError } from "../../api/errors.js";
import { changeSession } from "../../api/session.js";
import { Button, ButtonLink } from "../../components/button.js";
import { Field } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import { Gate } from "../../shell/gate.js";
import { InsecureNotice } from "./insecure-notice.js";
import { PasswordFields, passwordProblem } from "./password-fields.js";
import styles from "./sign-in.module.css";
import { useWelcomeName } from "./welcome-token.js";

/** What a one-time link leads to: a name and a password of one's own, and the session begins. */
export function Welcome({ token }: { token: string }) {
  const owner = useWelcomeName();
  // Another link begins anew, whatever came of the one before.
  return token === "" ? <DeadLink /> : <Choice key={`${token} ${owner}`} token={token} owner={owner} />;
}

/** `owner` is whose password is set anew; empty where the name is chosen, too. */
function Choice({ token, owner }: { token: string; owner: string }) {
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const isReset = owner !== "";
  const [name, setName] = useState(owner);
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [wasTried, setTried] = useState(false);
  const accept = useMutation({
    mutationFn: () => {
      const chosen = name.trim();
      const body = { token, password, ...(chosen && { name: chosen }) };
      // The link works once: a repeat of what was accepted would be told that it does not work.
      return clientOf("live").users.acceptInvitation(body, { maxRetries: 0 });
    },
    meta: { isShownInPlace: true },
    onSuccess: (session) => {
      changeSession(queryClient, session);
      // In place of the link, which was used.
      navigate("/", { replace: true });
    },
  });
  if (accept.error instanceof NotFoundError) return <DeadLink />;

  const problem = passwordProblem(password, again, name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!problem && !accept.isPending) accept.mutate();
  };
  const nameError = fieldProblem(accept.error, "name");
  const passwordError = fieldProblem(accept.error, "password");
  return (
    <Gate
      title={isReset ? `Set a new password for ${owner}` : "Welcome"}
      lead={
        isReset
          ? "It signs you in, too. This link works once."
          : "Choose what you will sign in with. This link works once."
      }
    >
      <form className={styles.form} onSubmit={submit}>
        <InsecureNotice />
        {accept.error && !nameError && !passwordError && <Failure error={accept.error} />}
        {/* The server would take nothing over such a connection. */}
        <fieldset className={styles.fields} disabled={!isSecureContext}>
          <Field
            label="Name"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={!isReset}
            readOnly={isReset}
            maxLength={100}
            value={name}
            error={nameError}
            hint={
              isReset
                ? undefined
                : "Such as your e-mail address. Leave it empty if this link is for a new password only."
            }
            onChange={(event) => setName(event.target.value)}
          />
          <PasswordFields
            autoFocus={isReset}
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
        </fieldset>
      </form>
    </Gate>
  );
}

function Failure({ error }: { error: Error }) {
  // What a proxy says in the server's place says as little of it as silence does.
  const isUnknown = !(error instanceof ApiError) || [502, 504].includes(error.status);
  if (!isUnknown) return <ProblemNotice error={error} />;
  return (
    <div role="alert">
      <Notice
        tone="warn"
        title="No answer came"
        action={
          <ButtonLink href="/sign-in" size="s">
            Go to the sign-in
          </ButtonLink>
        }
      >
        The link may have worked all the same. Try to sign in with this password; if that is refused, come back and use
        the link again.
      </Notice>
    </div>
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
