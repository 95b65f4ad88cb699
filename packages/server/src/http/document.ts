/** The OpenAPI document as the server's own routes describe it. A test holds it equal to openapi.yaml. */
import { OpenAPIHono } from "@hono/zod-openapi";
import { document, headers, operatorComponents, routes, securitySchemes, webhookRoutes } from "../generated/routes.js";
import { schemas } from "../generated/schemas.js";

let built: object | undefined;

/** The contract as an OpenAPI 3.1 document, built on the first call. */
export function contractDocument(): object {
  built ??= buildDocument();
  return built;
}

/** What is for signed-in operators alone is no part of it: nobody else can use it. */
function buildDocument(): object {
  const app = new OpenAPIHono();
  const registry = app.openAPIRegistry;
  const published = <T>(all: Record<string, T>, operatorOnly: readonly string[] = []) =>
    Object.entries(all).filter(([name]) => !operatorOnly.includes(name));
  for (const [name, scheme] of published(securitySchemes, operatorComponents.securitySchemes)) {
    registry.registerComponent("securitySchemes", name, scheme);
  }
  for (const [name, header] of published(headers, operatorComponents.headers))
    registry.registerComponent("headers", name, header);
  for (const [name, schema] of published(schemas, operatorComponents.schemas)) registry.register(name, schema);
  for (const route of Object.values(routes)) if (!("x-audience" in route)) registry.registerPath(route);
  for (const webhook of Object.values(webhookRoutes)) registry.registerWebhook(webhook);
  return app.getOpenAPI31Document(document);
}
