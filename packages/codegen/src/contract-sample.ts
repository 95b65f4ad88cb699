/** For tests: the smallest contract that has something of everything. */
export const SAMPLE = `
openapi: 3.1.1
info: { title: Sample, version: 1.0.0 }
servers: [{ url: "http://localhost/api" }]
security: [{ bearerAuth: [] }]
tags: [{ name: Things }]
paths:
  /things:
    get:
      operationId: listThings
      summary: List things
      tags: [Things]
      x-sdk: { resource: things, method: list }
      x-pagination: { style: cursor, items: data, pagination: pagination }
      security: [{ bearerAuth: ["things:read"] }]
      parameters:
        - $ref: "#/components/parameters/Limit"
        - { name: cursor, in: query, schema: { type: string } }
      responses:
        "200":
          description: One page.
          headers: &headers { X-Request-Id: { $ref: "#/components/headers/X-Request-Id" } }
          content:
            application/json:
              schema:
                type: object
                required: [success, data, pagination]
                properties:
                  success: { type: boolean, const: true }
                  data: { type: array, items: { $ref: "#/components/schemas/Thing" } }
                  pagination: { $ref: "#/components/schemas/Pagination" }
        "401": { $ref: "#/components/responses/Unauthorized" }
  /things/{id}:
    put:
      operationId: updateThing
      summary: Update a thing
      description: Changes it.
      tags: [Things]
      x-sdk: { resource: things, method: update }
      security: [{ bearerAuth: ["things:read"] }]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Thing" }
            example: { id: a }
      responses:
        "200":
          description: The thing.
          headers: *headers
          content:
            application/json:
              schema:
                type: object
                required: [success, data]
                properties:
                  success: { type: boolean, const: true }
                  data: { $ref: "#/components/schemas/Thing" }
        "401": { $ref: "#/components/responses/Unauthorized" }
    delete:
      operationId: deleteThing
      summary: Delete a thing
      tags: [Things]
      x-sdk: { resource: things, method: remove }
      x-audience: operator
      security: [{ sessionCookie: [] }]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        "200":
          description: It is gone.
          content:
            application/json:
              schema:
                type: object
                required: [success, data]
                properties:
                  success: { type: boolean, const: true }
                  data: { $ref: "#/components/schemas/Farewell" }
webhooks:
  thing.changed:
    post:
      operationId: onThingChanged
      summary: A thing changed
      tags: [Things]
      security: []
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/ThingChangedEvent" } } }
      responses:
        "2XX": { description: Received. }
components:
  securitySchemes:
    bearerAuth: { type: http, scheme: bearer }
    sessionCookie: { type: apiKey, in: cookie, name: session }
  parameters:
    Limit: { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 50 } }
  headers:
    X-Request-Id: { description: The id of this request., required: true, schema: { type: string } }
  responses:
    Unauthorized:
      description: No key.
      headers: *headers
      content: { application/json: { schema: { $ref: "#/components/schemas/Error" } } }
  schemas:
    ThingChangedEvent:
      type: object
      required: [event, data]
      properties:
        event: { type: string, const: thing.changed }
        data: { $ref: "#/components/schemas/Thing" }
    Scope: { type: string, enum: ["things:read"] }
    EventName: { type: string, enum: [thing.changed] }
    ErrorCode: { type: string, enum: [unauthorized] }
    Pagination:
      type: object
      required: [next_cursor]
      properties: { next_cursor: { type: [string, "null"] } }
    Thing: { type: object, required: [id], properties: { id: { type: string } } }
    Words: { type: string }
    Farewell: { type: object, required: [thing, words], properties: { thing: { $ref: "#/components/schemas/Thing" }, words: { $ref: "#/components/schemas/Words" } } }
    Error:
      type: object
      required: [code]
      properties: { code: { type: string, const: unauthorized } }
`;

/** The sample after replacing `from`, which must be in it, by `to`. */
export function sampleWith(from: string, to: string): string {
  if (!SAMPLE.includes(from)) throw new Error(`the sample has no ${from}`);
  return SAMPLE.replace(from, () => to);
}
