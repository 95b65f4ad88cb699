import { queryOptions, useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { EmptyState } from "../../components/empty-state.js";
import { Field } from "../../components/field.js";
import { Card, Page } from "../../components/page.js";
import { QueryView } from "../../components/query-view.js";
import styles from "./api-docs.module.css";
import { type ApiDocument, eventsOf, operationsOf } from "./api-document.js";
import { ApiKeyPanel } from "./api-key-panel.js";
import { Markdown } from "./markdown.js";
import { EventView, OperationView } from "./operation-view.js";

/** The server's own contract: as the server is, so is this page, also without the internet. */
const documentQuery = queryOptions({
  queryKey: ["api-document"],
  queryFn: async ({ signal }): Promise<ApiDocument> => {
    const answer = await fetch("/openapi.json", { signal });
    if (!answer.ok) throw new Error(`The server answered ${answer.status} where its contract should be.`);
    return answer.json();
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** The interactive reference. */
export function ApiDocsPage() {
  const query = useQuery(documentQuery);
  const [apiKey, setApiKey] = useState("");
  const [search, setSearch] = useState("");
  return (
    <Page
      title="API Docs"
      description="Every operation and every event of this server, to read and to try. The contract itself is at /openapi.json."
    >
      <ApiKeyPanel value={apiKey} onChange={setApiKey} />
      <Field
        label="Find an operation or an event"
        type="search"
        autoComplete="off"
        placeholder="send, /webhooks, message.read"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <QueryView query={query} lines={8}>
        {(document) => <Reference document={document} search={search} apiKey={apiKey} />}
      </QueryView>
    </Page>
  );
}

function Reference({ document, search, apiKey }: { document: ApiDocument; search: string; apiKey: string }) {
  const wanted = search.trim().toLowerCase();
  const fits = (...texts: string[]) => texts.join(" ").toLowerCase().includes(wanted);
  const operations = operationsOf(document).filter(({ id, method, path, summary, tag }) =>
    fits(id, method, path, summary, tag),
  );
  const events = eventsOf(document).filter(({ name, summary }) => fits(name, summary, "events"));
  if (operations.length === 0 && events.length === 0)
    return (
      <EmptyState icon="search" title="Nothing is called that">
        Search for a word of a summary, a path or an event, such as webhooks.
      </EmptyState>
    );
  return (
    <>
      {wanted === "" && (
        <Card title="How it works">
          <details className={styles.parts}>
            <summary>Keys, answers, paging, repeating and limits</summary>
            <Markdown text={document.info.description ?? ""} />
          </details>
        </Card>
      )}
      {document.tags.map(({ name, description }) => {
        const shown = operations.filter(({ tag }) => tag === name);
        return (
          shown.length > 0 && (
            <Card key={name} title={name}>
              <Markdown text={description ?? ""} />
              <div className={styles.entries}>
                {shown.map((operation) => (
                  <Entry
                    key={operation.id}
                    id={operation.id}
                    title={operation.summary}
                    method={operation.method}
                    path={operation.path}
                  >
                    <OperationView document={document} operation={operation} apiKey={apiKey} />
                  </Entry>
                ))}
              </div>
            </Card>
          )
        );
      })}
      {events.length > 0 && (
        <Card title="What webhooks are sent">
          <p>Each event comes as a signed POST to your webhooks, and in the stream of events.</p>
          <div className={styles.entries}>
            {events.map((event) => (
              <Entry key={event.name} id={event.name} title={event.summary} method="EVENT" path={event.name}>
                <EventView document={document} event={event} />
              </Entry>
            ))}
          </div>
        </Card>
      )}
    </>
  );
}

type EntryProps = { id: string; title: string; method: string; path: string; children: ReactNode };

/** One line that opens. Its name is part of the address while it is open, so that it can be handed on. */
function Entry({ id, title, method, path, children }: EntryProps) {
  const [isOpen, setOpen] = useState(() => location.hash === `#${id}`);
  const element = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (location.hash === `#${id}`) element.current?.scrollIntoView();
  }, [id]);
  const toggle = (open: boolean) => {
    setOpen(open);
    if (open) history.replaceState(history.state, "", `#${id}`);
    else if (location.hash === `#${id}`) history.replaceState(history.state, "", location.pathname);
  };
  return (
    <details
      ref={element}
      id={id}
      className={styles.entry}
      open={isOpen}
      onToggle={(event) => event.target === event.currentTarget && toggle(event.currentTarget.open)}
    >
      <summary>
        <span className={styles.method} data-method={method}>
          {method}
        </span>
        <h3>{title}</h3>
        <code className={styles.path}>{path}</code>
      </summary>
      {isOpen && children}
    </details>
  );
}
