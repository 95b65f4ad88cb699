import { Code } from "../../components/code.js";
import styles from "./api-docs.module.css";
import { type ApiDocument, type ApiEvent, exampleOf, type Operation } from "./api-document.js";
import { inline, Markdown } from "./markdown.js";
import { Field, SchemaView } from "./schema-view.js";
import { TryIt } from "./try-it.js";

/** Everything about one operation, and a form to call it. */
export function OperationView(props: { document: ApiDocument; operation: Operation; apiKey: string }) {
  const { document, operation, apiKey } = props;
  const { description, scopes, parameters, body, answers } = operation;
  return (
    <div className={styles.content}>
      <Markdown text={description} level={4} />
      {scopes.length > 0 && (
        <p className={styles.quiet}>
          The key needs the scope <code>{scopes.join(", ")}</code>.
        </p>
      )}
      {parameters.length > 0 && (
        <section aria-label="Parameters">
          <h4>Parameters</h4>
          <ul className={styles.fields}>
            {parameters.map(({ name, in: place, schema = {}, description, required = false }) => (
              <li key={`${place}:${name}`}>
                <Field
                  document={document}
                  name={name}
                  isRequired={required}
                  schema={description === undefined ? schema : { allOf: [schema], description }}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {body && (
        <section aria-label="Body">
          <h4>Body</h4>
          <SchemaView document={document} schema={body.schema} />
          <Code text={JSON.stringify(body.example, null, 2)} label="A body" />
        </section>
      )}
      <section aria-label="Answers">
        <h4>Answers</h4>
        <ul className={styles.fields}>
          {answers.map(({ status, description, schema }) => (
            <li key={status}>
              <p className={styles.fieldHead}>
                <code className={styles.fieldName}>{status}</code>
              </p>
              <p>{inline(description)}</p>
              {schema && (
                <details className={styles.parts}>
                  <summary>Fields and an example of {status}</summary>
                  <SchemaView document={document} schema={schema} />
                  <Code text={JSON.stringify(exampleOf(document, schema), null, 2)} label={`An answer ${status}`} />
                </details>
              )}
            </li>
          ))}
        </ul>
      </section>
      <TryIt operation={operation} apiKey={apiKey} />
    </div>
  );
}

/** What a webhook is sent, and the stream tells. */
export function EventView({ document, event }: { document: ApiDocument; event: ApiEvent }) {
  return (
    <div className={styles.content}>
      <Markdown text={event.description} level={4} />
      <section aria-label="Fields">
        <h4>Fields</h4>
        <SchemaView document={document} schema={event.schema} />
      </section>
      <Code text={JSON.stringify(exampleOf(document, event.schema), null, 2)} label="A sample" />
    </div>
  );
}
