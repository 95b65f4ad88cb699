import { useState } from "react";
import styles from "./api-docs.module.css";
import { type ApiDocument, limitsOf, merged, type Schema, typeWords } from "./api-document.js";
import { inline } from "./markdown.js";

/** The fields of a value, each with its own below it. */
export function SchemaView({ document, schema }: { document: ApiDocument; schema: Schema }) {
  const whole = merged(document, schema);
  const inner = whole.items ? merged(document, whole.items) : whole;
  const choices = inner.oneOf ?? inner.anyOf;
  if (!inner.properties)
    return choices ? (
      <ul className={styles.fields}>
        {choices.map((choice, index) => (
          <li key={choice.$ref ?? index}>
            <Field document={document} name={`form ${index + 1}`} schema={choice} isRequired={false} />
          </li>
        ))}
      </ul>
    ) : (
      <p className={styles.quiet}>{typeWords(document, schema)}</p>
    );
  return (
    <ul className={styles.fields}>
      {Object.entries(inner.properties).map(([name, part]) => (
        <li key={name}>
          <Field document={document} name={name} schema={part} isRequired={inner.required?.includes(name) ?? false} />
        </li>
      ))}
    </ul>
  );
}

type FieldProps = { document: ApiDocument; name: string; schema: Schema; isRequired: boolean };

export function Field({ document, name, schema, isRequired }: FieldProps) {
  const [isOpen, setOpen] = useState(false);
  const whole = merged(document, schema);
  const inner = whole.items ? merged(document, whole.items) : whole;
  const hasParts = inner.properties !== undefined || inner.oneOf !== undefined || inner.anyOf !== undefined;
  const values = inner.enum?.map(String);
  return (
    <>
      <p className={styles.fieldHead}>
        <code className={styles.fieldName}>{name}</code>
        <span className={styles.quiet}>{typeWords(document, schema)}</span>
        {isRequired && <span className={styles.required}>required</span>}
        {limitsOf(whole).map((limit) => (
          <span key={limit} className={styles.quiet}>
            {limit}
          </span>
        ))}
      </p>
      {whole.description && <p>{inline(whole.description)}</p>}
      {values && (
        <p className={styles.values}>
          {values.map((value) => (
            <code key={value}>{value}</code>
          ))}
        </p>
      )}
      {hasParts && (
        <details className={styles.parts} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>Fields of {name}</summary>
          {isOpen && <SchemaView document={document} schema={inner} />}
        </details>
      )}
    </>
  );
}
