/** One request to the API as a program makes it: with a key, and without the session of whoever tries it. */
import type { Mode } from "../../generated/resources.js";
import type { Operation } from "./api-document.js";

const BASE_PATH = "/api/public/v1";
/** More than this of an answer is not shown. */
const SHOWN_CHARACTERS = 100_000;

/** What was written into the form: parameters by where they stand and their name, and the body. */
export type Filled = { values: Readonly<Record<string, string>>; body: string };
export type Request = { method: string; url: string; headers: Record<string, string>; body?: string };
export type Answered = { status: number; statusText: string; text: string };

export const fieldKey = ({ in: place, name }: { in: string; name: string }): string => `${place}:${name}`;

/** Whether it reaches people. The key says so; where there is none yet, it is taken for one of the mode that is shown. */
export const isLive = (key: string, shown: Mode): boolean =>
  key.startsWith("wf_live_") || (shown === "live" && !key.startsWith("wf_test_"));

/** What the form begins with. Nobody's number stands in it where it would be written to. */
export const exampleBody = (example: unknown, isReal: boolean): string =>
  JSON.stringify(example, (name, value) => (!isReal ? value : (NO_NUMBERS.get(name) ?? value)), 2);
const NO_NUMBERS = new Map<string, unknown>([
  ["phone_number", ""],
  ["phone_numbers", []],
]);

/** Without the key: what is missing or no JSON is said in words. */
export function requestOf(origin: string, operation: Operation, { values, body }: Filled): Request | string {
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  let path = operation.path;
  for (const parameter of operation.parameters) {
    const value = values[fieldKey(parameter)]?.trim() ?? "";
    if (value === "") {
      if (parameter.required) return `Fill in ${parameter.name}.`;
      continue;
    }
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (parameter.in === "query") query.append(parameter.name, value);
    else headers[parameter.name] = value;
  }
  const url = `${origin}${BASE_PATH}${path}${query.size > 0 ? `?${query}` : ""}`;
  if (!operation.body) return { method: operation.method, url, headers };
  const wrong = jsonProblem(body);
  if (wrong !== undefined) return `The body is no JSON: ${wrong}`;
  return { method: operation.method, url, headers: { ...headers, "Content-Type": "application/json" }, body };
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** For a shell. */
export function curlOf({ method, url, headers, body }: Request): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  return [
    `curl -X ${method} ${quoted(url)}`,
    ...Object.entries({ Authorization: "Bearer $WHATSFLOW_API_KEY", ...headers }).map(([name, value]) =>
      name === "Authorization" ? `-H "${name}: ${value}"` : `-H ${quoted(`${name}: ${value}`)}`,
    ),
    ...(body === undefined ? [] : [`-d ${quoted(body)}`]),
  ].join(" \\\n  ");
}

/** Sends it. `onText` hears what came so far, as a stream of events never ends by itself. */
export async function call(
  { method, url, headers, body }: Request,
  { key, signal, onText }: { key: string; signal: AbortSignal; onText(answered: Answered): void },
): Promise<void> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, Authorization: `Bearer ${key}` },
    ...(body !== undefined && { body }),
    // The key is what is tried, not who is signed in.
    credentials: "omit",
    signal,
  });
  const { status, statusText } = answer;
  const told = (text: string) => onText({ status, statusText, text });
  let text = "";
  told(text);
  if (!answer.body) return;
  for (const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
    if (text.length > SHOWN_CHARACTERS) {
      await reader.cancel();
      return told(`${text.slice(0, SHOWN_CHARACTERS)}…`);
    }
    told(text);
  }
  told(pretty(text));
}

export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
