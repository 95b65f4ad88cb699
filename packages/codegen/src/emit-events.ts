/** Writes the SDK's events.ts: the type of each event by its name. */
import { BANNER, docComment, literal } from "./source.js";
import { refName, type Spec, SpecError } from "./spec.js";

/** The source of events.ts. */
export function emitEvents(spec: Spec): string {
  const events = Object.entries(spec.webhooks).map(([name, { post }]) => {
    const $ref = post.requestBody?.content["application/json"].schema.$ref;
    if (!$ref) throw new SpecError(`webhooks > ${name}`, "needs a body that is a $ref");
    return { name, type: refName($ref), doc: docComment([`${post.summary}.`, post.description]) };
  });
  return [
    BANNER,
    `import type { components } from "./openapi.js";`,
    "",
    ...events.map(({ type, doc }) => `${doc}export type ${type} = components["schemas"][${literal(type)}];\n`),
    "/** The type of each event, by its name. */",
    "export interface WebhookEvents {",
    ...events.map(({ name, type }) => `${literal(name)}: ${type};`),
    "}",
  ].join("\n");
}
