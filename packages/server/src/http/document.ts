/** The OpenAPI document as the server's own routes describe it. A test holds it equal to openapi.yaml. */
import { OpenAPIHono } from "@hono/zod-openapi";
import { document, headers, routes, securitySchemes, webhookRoutes } from "../generated/routes.js";
import { schemas } from "../generated/schemas.js";

let built: object | undefined;

/** The contract as an OpenAPI 3.1 document, built on the first call. */
export function contractDocument(): object {
  built ??= buildDocument();
  return built;
}

function buildDocument(): object {
  const app = new OpenAPIHono();
  const registry = app.openAPIRegistry;
  for (const [name, scheme] of Object.entries(securitySchemes)) {
    registry.registerComponent("securitySchemes", name, scheme);
  }
  for (const [name, header] of Object.entries(headers)) registry.registerComponent("headers", name, header);
  for (const [name, schema] of Object.entries(schemas)) registry.register(name, schema);
  for (const route of Object.values(routes)) registry.registerPath(route);
  for (const webhook of Object.values(webhookRoutes)) registry.registerWebhook(webhook);
  return app.getOpenAPI31Document(document);
}
