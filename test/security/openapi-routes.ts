import type { Product } from '../support/product.js';

/** The parts of a JSON Schema that our document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  minLength?: number;
  minItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** One route as the served document describes it; `path` is below /api/v1. */
export interface Route {
  method: string;
  path: string;
  /** `GET /contacts/{id}`, for messages. */
  name: string;
  /** Anyone may call it. */
  open: boolean;
  query: string[];
  /** Schema of a JSON body. */
  body: Schema | null;
  multipart: boolean;
  answersPage: boolean;
}

interface Operation {
  security?: unknown[];
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

/** Every route of the document that the running product serves, so that a new one is tested without being named. */
export async function readRoutes(product: Product): Promise<{ routes: Route[]; resolve: (schema: Schema) => Schema }> {
  const document = (await (await fetch(`${product.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  };
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : resolve(document.components.schemas[name] ?? {});
  };
  const routes = Object.entries(document.paths).flatMap(([full, operations]) =>
    Object.entries(operations).map(([verb, operation]) => toRoute(verb, full, operation, resolve)),
  );
  return { routes, resolve };
}

function toRoute(verb: string, full: string, operation: Operation, resolve: (schema: Schema) => Schema): Route {
  const method = verb.toUpperCase();
  // Of a second id in a path nothing is asked but that the first one guards it.
  const path = full.replace(/^\/api\/v1/, '').replace('{revisionId}', '1');
  const content = operation.requestBody?.content ?? {};
  const answer = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
  const answered = answer?.content?.['application/json']?.schema;
  return {
    method,
    path,
    name: `${method} ${path}`,
    open: !operation.security?.length,
    query: (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    body: content['application/json']?.schema ?? null,
    multipart: content['multipart/form-data'] !== undefined,
    answersPage: answered !== undefined && resolve(answered).properties?.items !== undefined,
  };
}

/** `contacts` of `/contacts/{id}/timeline`: the collection whose id stands in the path. */
export function collectionOf(route: Route): string | null {
  return /\/([\w-]+)\/\{id\}/.exec(route.path)?.[1] ?? null;
}
