/** The contract as the published client and the served document see it: without what is for signed-in operators alone. */
import { listOperations, type Operation, type Spec } from "./spec.js";

/** The kinds of components that somebody refers to with a `$ref`. */
const SECTIONS = ["parameters", "headers", "responses", "schemas"] as const;

/** The names of the components that only operator operations use, by their section; the same for tags and security schemes. */
export interface OperatorParts {
  components: Record<(typeof SECTIONS)[number], Set<string>>;
  securitySchemes: Set<string>;
  tags: Set<string>;
}

export const isForOperators = ({ object }: Operation): boolean => object["x-audience"] === "operator";

/** What is used by operator operations and by no other. What nobody uses stays in the published contract. */
export function operatorParts(spec: Spec): OperatorParts {
  const operations = listOperations(spec.paths);
  const [theirs, others] = [operations.filter(isForOperators), operations.filter((one) => !isForOperators(one))];
  const forOperators = references(spec, theirs);
  const forOthers = references(spec, [...others, spec.webhooks]);
  const only = (all: Iterable<string>, published: Set<string>) =>
    new Set([...all].filter((one) => !published.has(one)));
  const refs = only(forOperators, forOthers);
  const section = (name: string) => {
    const start = `#/components/${name}/`;
    return new Set([...refs].filter((ref) => ref.startsWith(start)).map((ref) => ref.slice(start.length)));
  };
  return {
    components: {
      parameters: section("parameters"),
      headers: section("headers"),
      responses: section("responses"),
      schemas: section("schemas"),
    },
    securitySchemes: only(theirs.flatMap(schemesOf), new Set(others.flatMap(schemesOf))),
    tags: only(
      theirs.flatMap(({ object }) => object.tags),
      new Set(others.flatMap(({ object }) => object.tags)),
    ),
  };
}

/** The contract without operator operations and what only they use. */
export function publishedSpec(spec: Spec): Spec {
  const { components, securitySchemes, tags } = operatorParts(spec);
  const paths = Object.entries(spec.paths).flatMap(([path, item]) => {
    const operations = Object.entries(item).filter(([, operation]) => operation["x-audience"] !== "operator");
    return operations.length > 0 ? [[path, Object.fromEntries(operations)] as const] : [];
  });
  return {
    ...spec,
    paths: Object.fromEntries(paths),
    tags: spec.tags?.filter(({ name }) => !tags.has(name)),
    components: {
      securitySchemes: without(spec.components.securitySchemes, securitySchemes),
      parameters: without(spec.components.parameters, components.parameters),
      headers: without(spec.components.headers, components.headers),
      responses: without(spec.components.responses, components.responses),
      schemas: without(spec.components.schemas, components.schemas),
    },
  };
}

const without = <T>(record: Record<string, T>, names: Set<string>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.has(name)));

const schemesOf = ({ object }: Operation): string[] => (object.security ?? []).flatMap((one) => Object.keys(one));

/** Every `$ref` in a part of the contract, and in what these refer to. */
function references(spec: Spec, part: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key !== "$ref" || typeof value !== "string") visit(value);
      else if (!found.has(value)) {
        found.add(value);
        visit(component(spec, value));
      }
    }
  };
  visit(part);
  return found;
}

function component(spec: Spec, ref: string): unknown {
  const [section, name = ""] = ref.split("/").slice(2);
  const known = SECTIONS.find((one) => one === section);
  return known && spec.components[known][name];
}
