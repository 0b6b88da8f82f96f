import type { components, paths } from './schema.js';

type Schemas = components['schemas'];

/** A resource of the API by its schema name: `Resource<'Contact'>`. */
export type Resource<Name extends keyof Schemas> = Schemas[Name];

/** JSON body of a route: `BodyOf<'/api/v1/contacts', 'post'>`. */
export type BodyOf<Path extends keyof paths, Method extends 'post' | 'patch' | 'put'> = paths[Path] extends {
  [M in Method]: { requestBody?: { content: { 'application/json': infer B } } };
}
  ? B
  : never;

/** One page of a list. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total?: number | undefined;
}
