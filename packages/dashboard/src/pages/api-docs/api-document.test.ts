import { expect, it } from "vitest";
import { type ApiDocument, eventsOf, exampleOf, operationsOf, typeWords } from "./api-document.js";

const document: ApiDocument = {
  info: { title: "An API", version: "1" },
  tags: [{ name: "Messages" }],
  paths: {
    "/messages/{id}": {
      parameters: [{ $ref: "#/components/parameters/Id", name: "", in: "path" }],
      get: {
        operationId: "getMessage",
        summary: "Get a message",
        tags: ["Messages"],
        security: [{ bearerAuth: ["messages:read"] }],
        responses: { "404": { $ref: "#/components/responses/NotFound", description: "" } },
      },
    },
  },
  webhooks: {
    "message.sent": {
      post: {
        operationId: "onMessageSent",
        summary: "A message went out",
        tags: ["Webhooks"],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Message" } } } },
        responses: {},
      },
    },
  },
  components: {
    parameters: { Id: { name: "id", in: "path", required: true, description: "Which one." } },
    responses: { NotFound: { description: "There is none." } },
    schemas: {
      Message: {
        allOf: [
          { properties: { id: { type: "string", examples: ["msg_1"] } } },
          { properties: { count: { type: "integer" } } },
        ],
      },
    },
  },
};

it("follows references, and reads operations and events", () => {
  expect(operationsOf(document)).toEqual([
    {
      id: "getMessage",
      method: "GET",
      path: "/messages/{id}",
      summary: "Get a message",
      description: "",
      tag: "Messages",
      scopes: ["messages:read"],
      parameters: [{ name: "id", in: "path", required: true, description: "Which one." }],
      answers: [{ status: "404", description: "There is none." }],
    },
  ]);
  expect(eventsOf(document).map(({ name, summary }) => [name, summary])).toEqual([
    ["message.sent", "A message went out"],
  ]);
});

it("makes an example out of all parts of a value", () => {
  expect(exampleOf(document, { $ref: "#/components/schemas/Message" })).toEqual({ id: "msg_1", count: 0 });
  expect(exampleOf(document, { type: "array", items: { enum: ["a", "b"] } })).toEqual(["a"]);
});

it("says a type in words", () => {
  expect(typeWords(document, { type: ["string", "null"], format: "date-time" })).toBe("string or null, date-time");
  expect(typeWords(document, { type: "array", items: { type: "integer" } })).toBe("array of integer");
});
