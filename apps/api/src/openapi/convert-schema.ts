import { z } from 'zod';

type Json = Record<string, unknown>;

/**
 * JSON Schema of a zod schema for the OpenAPI document. Schemas with a `meta({ id })` become components; one whose
 * input differs from its output (defaults make members optional) gets a second component `<id>Input`.
 */
export function convertSchema(
  schema: unknown,
  { schemaType }: { schemaType: 'input' | 'output' },
): { schema: unknown; components?: Record<string, unknown> } | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { $defs: definitions = {}, ...root } = toJson(schema, schemaType);
  if (schemaType === 'output') return { schema: root, components: definitions as Json };
  const output = (toJson(schema, 'output').$defs ?? {}) as Json;
  const renamed = Object.keys(definitions as Json).filter(
    (name) => JSON.stringify((definitions as Json)[name]) !== JSON.stringify(output[name]),
  );
  const rename = (value: unknown) =>
    renamed.reduce(
      (text, name) => text.replaceAll(`"#/$defs/${name}"`, `"#/$defs/${name}Input"`),
      JSON.stringify(value),
    );
  return {
    schema: JSON.parse(rename(root)),
    components: Object.fromEntries(
      Object.entries(definitions as Json).map(([name, definition]) => [
        renamed.includes(name) ? `${name}Input` : name,
        JSON.parse(rename(definition)),
      ]),
    ),
  };
}

function toJson(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // The pattern of a date-time is 300 characters that `format` already says; the bounds of a safe integer are noise.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      delete jsonSchema.id;
    },
  });
  return json as Json;
}
