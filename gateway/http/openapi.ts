/** The OpenAPI 3.1 document, made from the table of routes. */
import { toJsonSchema } from "@valibot/to-json-schema";
import type { Route, Schema } from "./route.ts";

const errorSchema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "detail"],
      properties: {
        code: { type: "string" },
        detail: { type: "string" },
        field: { type: "string" },
        retryAfterMs: { type: "integer" },
      },
    },
  },
};

export function openApiDocument(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = operation(route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Beckon",
      version: "1",
      description: "What an agent asks for once. What changes by itself comes by frames (protocol/SPEC.md).",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "beckon_session" },
        csrf: { type: "apiKey", in: "header", name: "X-Beckon-CSRF" },
      },
    },
  };
}

function operation(route: Route): object {
  const nobody = route.access === "public" ? undefined : route.nobody;
  const security =
    route.access === "public"
      ? []
      : [route.method === "GET" ? { session: [] } : { session: [], csrf: [] }, ...(nobody === undefined ? [] : [{}])];
  const success =
    route.answer === undefined
      ? { description: "Done" }
      : { description: "Done", content: { "application/json": { schema: jsonSchema(route.answer, "output") } } };
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[^\w]+(\w)?/g, (_match, letter: string | undefined) => (letter ?? "").toUpperCase())}`,
    summary: route.summary,
    security,
    parameters: [
      ...[...route.path.matchAll(/:(\w+)/g)].map(([, name]) => parameter(name ?? "", "path", "")),
      ...Object.entries(route.query ?? {}).map(([name, description]) => parameter(name, "query", description)),
    ],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: { required: true, content: { "application/json": { schema: jsonSchema(route.body, "input") } } },
        }),
    responses: {
      [String(route.status)]: success,
      ...(nobody === undefined ? {} : { [String(nobody.status)]: { description: "Nobody is signed in" } }),
      default: {
        description: "An error",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    },
  };
}

function parameter(name: string, place: "path" | "query", description: string): object {
  return {
    name,
    in: place,
    required: place === "path",
    schema: { type: "string" },
    ...(description === "" ? {} : { description }),
  };
}

/** Checks that JSON Schema cannot say (no control characters) are left out of the document; they hold all the same. */
function jsonSchema(schema: Schema, typeMode: "input" | "output"): object {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema, { errorMode: "ignore", typeMode });
  return rest;
}
