/** A client of `GET /events` that keeps what it is told, as an `EventSource` would. */
import { eventually } from "./test-app.js";

interface Told {
  id: string;
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events that the contract check validates
  data: any;
  /** As it came. */
  text: string;
}

export interface EventReader {
  response: Response;
  /** What the stream said so far. */
  readonly text: string;
  /** The events so far. */
  readonly events: Told[];
  /** The id to come back with. */
  readonly lastId: string;
  readonly hasEnded: boolean;
  /** Waits until there are so many events. */
  count(events: number): Promise<Told[]>;
  /** Waits until the stream said something. */
  says(text: string): Promise<void>;
  /** Waits until the server ended it. */
  ended(): Promise<void>;
  /** Goes away. */
  leave(): void;
}

/** Connects; resolves when the first block is there. */
export async function readEvents(
  baseUrl: string,
  key: string | null,
  {
    lastId,
    query = "",
    headers = {},
  }: { lastId?: string | undefined; query?: string; headers?: Record<string, string> } = {},
): Promise<EventReader> {
  const controller = new AbortController();
  const response = await fetch(`${baseUrl}/events${query}`, {
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(lastId !== undefined && { "last-event-id": lastId }),
      ...headers,
    },
    signal: controller.signal,
  });
  let text = "";
  let hasEnded = false;
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  };
  void read()
    // The server was killed, or the test left.
    .catch(() => undefined)
    .finally(() => {
      hasEnded = true;
    });

  const blocks = () =>
    text
      .split("\n\n")
      .slice(0, -1)
      .map((block) => Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2))));
  const reader: EventReader = {
    response,
    get text() {
      return text;
    },
    get events() {
      return blocks()
        .filter(({ data }) => data !== undefined)
        .map(({ id, event, data }) => ({ id, event, data: JSON.parse(data), text: data }));
    },
    get lastId() {
      return blocks().reduce((last, { id }) => id ?? last, "");
    },
    get hasEnded() {
      return hasEnded;
    },
    count: (wanted) =>
      eventually(() => (reader.events.length >= wanted ? reader.events : undefined), `event ${wanted} of the stream`),
    says: (wanted) => eventually(() => text.includes(wanted) || undefined, `"${wanted}"`).then(() => undefined),
    ended: () => eventually(() => hasEnded || undefined, "the end of the stream").then(() => undefined),
    leave: () => controller.abort(),
  };
  if (response.ok) await reader.says("\n\n");
  return reader;
}
