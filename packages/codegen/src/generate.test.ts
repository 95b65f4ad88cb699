import { describe, expect, it } from "vitest";
import { SAMPLE, sampleWith } from "./contract-sample.js";
import { generate } from "./generate.js";

async function fileOf(source: string, name: string): Promise<string> {
  const files = await generate(source);
  return files.get(`packages/${name}`) ?? `no ${name}`;
}

describe("generate", () => {
  it("writes every file, each with its banner", async () => {
    const files = await generate(SAMPLE);
    expect([...files.keys()]).toMatchInlineSnapshot(`
      [
        "packages/server/src/generated/schemas.ts",
        "packages/server/src/generated/routes.ts",
        "packages/server/src/generated/operations.ts",
        "packages/server/src/generated/zod-helpers.ts",
        "packages/sdk/src/generated/names.ts",
        "packages/sdk/src/generated/resources.ts",
        "packages/sdk/src/generated/events.ts",
        "packages/dashboard/src/generated/resources.ts",
        "packages/server/src/generated/openapi.ts",
        "packages/sdk/src/generated/openapi.ts",
        "packages/dashboard/src/generated/openapi.ts",
      ]
    `);
    for (const code of files.values()) expect(code).toMatch(/^\/\/ Generated from openapi.yaml by `npm run generate`/);
  });

  it("orders schemas by what they refer to", async () => {
    const code = await fileOf(SAMPLE, "server/src/generated/schemas.ts");
    expect(code.indexOf("const ThingSchema")).toBeLessThan(code.indexOf("const ThingChangedEventSchema"));
  });

  it("writes the operation table without zod", async () => {
    const code = await fileOf(SAMPLE, "server/src/generated/operations.ts");
    expect(code).not.toContain("import");
    expect(code).toContain(
      `listThings: {"method":"get","path":"/things","tag":"Things","scopes":["things:read"],"pagination":{"style":"cursor","items":"data","pagination":"pagination"},"audience":null,"authentication":"key","audit":false}`,
    );
  });

  it("takes the scopes of the whole document where an operation names none", async () => {
    const common = sampleWith('      security: [{ bearerAuth: ["things:read"] }]\n', "");
    const code = await fileOf(common, "server/src/generated/operations.ts");
    expect(code).toContain(`listThings: {"method":"get","path":"/things","tag":"Things","scopes":[]`);
  });

  it("knows operations without a key, and those that are written to the audit log", async () => {
    const open = sampleWith("security: [{ sessionCookie: [] }]", "security: []\n      x-audit: true");
    const code = (source: string) => fileOf(source, "server/src/generated/operations.ts");
    expect(await code(SAMPLE)).toMatch(/deleteThing: .*"scopes":\[\].*"authentication":"session","audit":false/);
    expect(await code(open)).toMatch(/deleteThing: .*"scopes":\[\].*"authentication":null,"audit":true/);
  });

  it("keeps operator operations, and what they alone use, out of the published client", async () => {
    for (const file of ["server/src/generated/openapi.ts", "dashboard/src/generated/openapi.ts"]) {
      expect(await fileOf(SAMPLE, file)).toContain("deleteThing");
      expect(await fileOf(SAMPLE, file)).toContain("Farewell: {");
    }
    const published = await fileOf(SAMPLE, "sdk/src/generated/openapi.ts");
    for (const theirs of ["deleteThing", "Farewell: {", "Words: {"]) expect(published).not.toContain(theirs);
    for (const others of ["updateThing", "Thing: {", "Error: {"]) expect(published).toContain(others);
    expect(await fileOf(SAMPLE, "server/src/generated/routes.ts")).toContain(
      `= {"schemas":["Farewell","Words"],"headers":[],"securitySchemes":["sessionCookie"]}`,
    );
  });

  it("lets what may be left out be undefined, and nothing that may not be there", async () => {
    const code = await fileOf(SAMPLE, "sdk/src/generated/openapi.ts");
    expect(code).toMatch(/\w+\?: .* \| undefined;/);
    expect(code.match(/\?: (?!.*undefined|never|\{|\()[^;]*;/g)).toBeNull();
    expect(code).toContain("?: never;");
  });

  it("writes names that no longer shadow globals", async () => {
    expect(await fileOf(SAMPLE, "server/src/generated/schemas.ts")).toContain("const ErrorSchema");
  });
});

describe("resources", () => {
  const resources = (source = SAMPLE) => fileOf(source, "sdk/src/generated/resources.ts");
  const implementation = async (source?: string) =>
    (await resources(source)).split("constructor(protected readonly call: Call)")[1] ?? "";

  it("are explicit methods with the contract's types", async () => {
    const code = await resources();
    expect(code).toContain("export interface ThingsResource");
    expect(code).toContain("list(query?: ListThingsQuery, options?: RequestOptions): PagePromise<Thing>;");
    expect(code).toContain("update(id: string, body: Thing, options?: RequestOptions): ApiPromise<Thing>;");
    expect(code).not.toContain("remove(");
    expect(code).not.toContain("Farewell");
  });

  it("of operators are the dashboard's alone", async () => {
    const code = await fileOf(SAMPLE, "dashboard/src/generated/resources.ts");
    expect(code).toContain("remove(id: string, options?: RequestOptions): ApiPromise<Farewell>;");
    expect(code).toContain("list(query?: ListThingsQuery, options?: RequestOptions): PagePromise<Thing>;");
  });

  it("call by data, page or message", async () => {
    const spoken = SAMPLE.replace(
      /data\](\n.*\n.*\n +)data: .*Farewell" }/,
      (_, between: string) => `message]${between}message: { type: string }`,
    );
    const code = await fileOf(spoken, "dashboard/src/generated/resources.ts");
    expect(code).toContain(`call.page("/things", "data", "pagination", { query }, options)`);
    expect(code).toContain(`call.one("PUT", "/things/{id}", "data", { params: { id }, body }, options)`);
    expect(code).toContain(`call.one("DELETE", "/things/{id}", "message", { params: { id } }, options)`);
  });

  it("say what they throw and how they are called", async () => {
    const code = await resources();
    expect(code).toContain("* Update a thing.\n *\n * Changes it.");
    expect(code).toContain(`await client.things.update("id", {\n *   id: "a"\n * });`);
    expect(code).toContain("@throws {AuthenticationError} 401 unauthorized");
  });

  it("export what is given and taken, and neither errors nor events", async () => {
    const code = await resources();
    expect(code).toContain(`export type Thing = components["schemas"]["Thing"];`);
    expect(code).not.toContain("export type Error");
    expect(code).not.toContain("ThingChangedEvent");
  });

  it("turn other names into arguments", async () => {
    const renamed = SAMPLE.replaceAll("{id}", "{thing_id}").replaceAll("name: id,", "name: thing_id,");
    expect(await implementation(renamed)).toContain(`params: { "thing_id": thingId }`);
  });

  it("take JSON where an answer comes as a picture too", async () => {
    const json =
      "content:\n            application/json:\n              schema:\n                type: object\n                required: [success, data]\n";
    expect(SAMPLE).toContain(json);
    const pictured = SAMPLE.replace(
      json,
      json.replace("content:\n", "content:\n            image/png: { schema: { type: string } }\n"),
    );
    expect(await implementation(pictured)).toBe(await implementation());
  });

  it("yield events where they are streamed", async () => {
    const streamed = SAMPLE.replace(
      /application\/json:\n +schema:\n +type: object\n +required: \[success, data\]\n.*?"401"/s,
      'text/event-stream: { schema: { type: string } }\n        "401"',
    )
      .replace("      requestBody:\n        required: true\n", "      requestBody:\n        required: false\n")
      .replace(
        "- { name: id, in: path, required: true, schema: { type: string } }\n      requestBody",
        "- { name: id, in: path, required: true, schema: { type: string } }\n        - { name: Last-Event-ID, in: header, schema: { type: string } }\n      requestBody",
      );
    const code = await resources(streamed);
    expect(code).toContain(`import type { StreamedEvent, StreamOptions } from "../event-stream.js";`);
    expect(code).toContain("update(id: string, body?: Thing, options?: StreamOptions): AsyncIterable<StreamedEvent>;");
    expect(code).toContain("for await (const item of client.things.update(");
    expect(await implementation(streamed)).toContain(`call.stream("`);
    expect(await resources()).not.toContain("event-stream");
  });

  const ok = `required: [success, data]
                properties:
                  success: { type: boolean, const: true }
                  data: { $ref: "#/components/schemas/Thing" }`;
  it.each<[problem: string, from: string, to: string]>([
    ["x-sdk needs exactly one successful answer", `"401": {`, `"202": {`],
    [
      "x-sdk needs an answer in JSON",
      "content:\n            application/json:\n              schema:\n                type: object\n                required: [success, data]\n",
      "content:\n            text/plain:\n              schema:\n                type: object\n                required: [success, data]\n",
    ],
    [
      "x-sdk needs a body that is a $ref",
      `schema: { $ref: "#/components/schemas/Thing" }\n            example`,
      "schema: { type: string }\n            example",
    ],
    [
      "x-sdk does not know the header X-Other",
      "name: cursor, in: query",
      "name: X-Other, in: header, schema: { type: string } }\n        - { name: cursor, in: query",
    ],
    ["the answer has no data.things", "items: data,", "items: data.things,"],
    [
      "data is no array",
      'data: { type: array, items: { $ref: "#/components/schemas/Thing" } }',
      'data: { $ref: "#/components/schemas/Thing" }',
    ],
    [
      "the answer has no message",
      ok,
      "required: [success]\n                properties: { success: { type: boolean, const: true } }",
    ],
  ])("are refused: %s", async (problem, from, to) => {
    await expect(generate(sampleWith(from, to))).rejects.toThrow(problem);
  });
});

describe("events", () => {
  it("have a type each, by their name", async () => {
    const code = await fileOf(SAMPLE, "sdk/src/generated/events.ts");
    expect(code).toContain(`export type ThingChangedEvent = components["schemas"]["ThingChangedEvent"];`);
    expect(code).toContain(`"thing.changed": ThingChangedEvent;`);
  });
});

describe("refusals", () => {
  it.each<[problem: string, from: string, to: string]>(
    [
      ["get: Unrecognized key", "operationId: listThings", "operationId: listThings\n      x-unknown: 1"],
      ["paths > /things: ", "  /things:\n    get:", "  /things:\n    summary: Things\n    get:"],
      ["in: Invalid option", "in: query, schema: { type: integer", "in: cookie, schema: { type: integer"],
      ['Unrecognized key: "style"', "name: cursor, in: query,", "name: cursor, in: query, style: form,"],
      ['Unrecognized key: "multipleOf"', "minimum: 1,", "multipleOf: 2,"],
      [
        'Unrecognized key: "patternProperties"',
        "Thing: { type: object,",
        "Thing: { type: object, patternProperties: {},",
      ],
      ["application/xml", "application/json:\n              schema:", "application/xml:\n              schema:"],
      ["must be said", "required: true\n        content:", "content:"],
      ["x-pagination > style", "style: cursor", "style: offset"],
      [
        "must be #/components/schemas/",
        '{ $ref: "#/components/schemas/Pagination" }',
        '{ $ref: "other.yaml#/Pagination" }',
      ],
      ["does not exist", "#/components/parameters/Limit", "#/components/parameters/Limits"],
      ["does not exist", "#/components/responses/Unauthorized", "#/components/responses/Forbidden"],
      [
        "does not exist",
        '{ X-Request-Id: { $ref: "#/components/headers/X-Request-Id"',
        '{ X-Request-Id: { $ref: "#/components/headers/X-Id"',
      ],
      ["updateThing is there twice", "operationId: deleteThing", "operationId: updateThing"],
      ["things.list is there twice", "method: update", "method: list"],
      [
        "must declare the path parameters id",
        "- { name: id, in: path, required: true, schema: { type: string } }\n      requestBody",
        "- { name: key, in: path, required: true, schema: { type: string } }\n      requestBody",
      ],
      ["path parameters are required", "in: path, required: true", "in: path"],
      ["query limit is there twice", "name: cursor, in: query", "name: limit, in: query"],
      ["things:write is not in the enum Scope", 'bearerAuth: ["things:read"]', 'bearerAuth: ["things:write"]'],
      ["alternatives in security", 'security: [{ bearerAuth: ["things:read"] }]', "security: [{ bearerAuth: [] }, {}]"],
      ["paginates without page", "style: cursor", "style: page"],
      ["sessionCookie, or none", "security: [{ sessionCookie: [] }]", "security: [{ bearerAuth: [] }]"],
      ["sessionCookie, or none", "      security: [{ sessionCookie: [] }]\n", ""],
      [
        "sessionCookie is for operations",
        'security: [{ bearerAuth: ["things:read"] }]',
        "security: [{ sessionCookie: [] }]",
      ],
      ["the tag Thing is not declared", "tags: [Things]", "tags: [Thing]"],
      ["must list the keys of webhooks", "enum: [thing.changed]", "enum: [thing.changed, thing.gone]"],
      [
        "circular",
        "properties: { id: { type: string } } }",
        'properties: { id: { $ref: "#/components/schemas/Thing" } } }',
      ],
      ["must be 3.1", "openapi: 3.1.1", "openapi: 3.0.3"],
    ].filter(([, from]) => from) as [string, string, string][],
  )("%s", async (problem, from, to) => {
    await expect(generate(sampleWith(from, to))).rejects.toThrow(problem);
  });
});
