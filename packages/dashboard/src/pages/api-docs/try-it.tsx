import { type FormEvent, useEffect, useRef, useState } from "react";
import { useMode } from "../../api/use-client.js";
import { Button } from "../../components/button.js";
import { Code } from "../../components/code.js";
import { Field, TextField } from "../../components/field.js";
import { Notice, ProblemNotice } from "../../components/notice.js";
import styles from "./api-docs.module.css";
import type { Operation } from "./api-document.js";
import { type Answered, call, curlOf, exampleBody, fieldKey, isLive, requestOf } from "./calling.js";

/** Calls the operation with the key above, and shows what the server answers. */
export function TryIt({ operation, apiKey }: { operation: Operation; apiKey: string }) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const isReal = isLive(apiKey, useMode());
  const [written, setWritten] = useState<string | undefined>(undefined);
  const body = written ?? (operation.body ? exampleBody(operation.body.example, isReal) : "");
  const [missing, setMissing] = useState<string | undefined>(undefined);
  const [error, setError] = useState<unknown>(undefined);
  const [answered, setAnswered] = useState<Answered | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const request = requestOf(location.origin, operation, { values, body });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const problem = apiKey === "" ? "Fill in your key at the top, or create a test key there." : request;
    setMissing(typeof problem === "string" ? problem : undefined);
    if (typeof problem === "string") return;
    const stop = new AbortController();
    running.current = stop;
    setBusy(true);
    setError(undefined);
    setAnswered(undefined);
    call(problem, { key: apiKey, signal: stop.signal, onText: setAnswered })
      .catch((failure: unknown) => {
        if (!stop.signal.aborted) setError(failure);
      })
      .finally(() => setBusy(false));
  };
  return (
    <form className={styles.try} onSubmit={submit} aria-label={`Try ${operation.summary}`}>
      <h4>Try it</h4>
      {operation.parameters.map((parameter) => (
        <Field
          key={fieldKey(parameter)}
          label={`${parameter.name} (${parameter.in}${parameter.required ? ", required" : ""})`}
          autoComplete="off"
          spellCheck={false}
          value={values[fieldKey(parameter)] ?? ""}
          onChange={(event) => setValues({ ...values, [fieldKey(parameter)]: event.target.value })}
        />
      ))}
      {operation.body && (
        <TextField
          label="Body (JSON)"
          spellCheck={false}
          rows={10}
          value={body}
          onChange={(event) => setWritten(event.target.value)}
        />
      )}
      {missing !== undefined && (
        <div role="alert">
          <Notice tone="warn">{missing}</Notice>
        </div>
      )}
      {isReal && operation.method !== "GET" && (
        <Notice tone="warn" title="With a live key this really happens">
          Messages reach people, and what is deleted is gone.
        </Notice>
      )}
      <div className={styles.actions}>
        <Button type="submit" kind="primary" isBusy={isBusy}>
          Send the request
        </Button>
        {isBusy && <Button onClick={() => running.current?.abort()}>Stop</Button>}
      </div>
      {error !== undefined && <ProblemNotice error={error} />}
      <div role="status">
        {answered && (
          <>
            <p>
              The server answered{" "}
              <strong>
                {answered.status} {answered.statusText}
              </strong>
            </p>
            <Code text={answered.text} label="The answer" />
          </>
        )}
      </div>
      {typeof request !== "string" && <Code text={curlOf(request)} label="The same with curl" />}
    </form>
  );
}
