/** Server-sent events, read from a body (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream). */

export type EventBlock = {
  /** Of this block or of an earlier one: the id to come back with. */
  id: string | undefined;
  event: string;
  /** Undefined where the block only tells an id. */
  data: string | undefined;
};

/** Far more than any event has; a body without line ends must not fill the memory. */
const MAX_LINE = 4 * 1024 * 1024;

/** The blocks of a stream of bytes; what stands at its end without an empty line behind it is not one. */
export async function* readBlocks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<EventBlock, void, undefined> {
  let id: string | undefined;
  let event = "message";
  let data: string[] = [];
  let isEmpty = true;
  for await (const line of readLines(chunks)) {
    if (line === "") {
      if (!isEmpty) yield { id, event, data: data.length > 0 ? data.join("\n") : undefined };
      event = "message";
      data = [];
      isEmpty = true;
      continue;
    }
    const [, name = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === "id" && !value.includes("\0")) id = value;
    else if (name === "event") event = value;
    else if (name === "data") data.push(value);
    else continue;
    isEmpty = false;
  }
}

async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    // A `\r` at the end may be half of a line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    if (rest.length > MAX_LINE) throw new Error("The stream has a line that does not end");
    yield* lines;
  }
}
