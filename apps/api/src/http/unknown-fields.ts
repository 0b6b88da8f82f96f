import { z } from 'zod';
import { DomainError } from '#contracts';
import type { FieldError } from '#contracts';

const ERRORS_MAX = 100;

/**
 * Refuses a body, or the parameters of a query, with names that the schema does not have: a misspelt optional field
 * would otherwise be dropped and its sender told that all went well, a misspelt filter answered with everything. Looks
 * into objects and lists, not into unions: rich text from an editor carries attributes of its own there, and a union that
 * must be strict says so.
 * @param input what the schema has taken already
 * @throws DomainError VALIDATION_FAILED naming every such field (UNKNOWN_FIELD) and what could stand in its place
 */
export function refuseUnknownFields(schema: unknown, input: unknown): void {
  if (!(schema instanceof z.ZodType)) return;
  const errors: FieldError[] = [];
  collect(schema, input, '', errors);
  const [first] = errors;
  if (!first) return;
  throw new DomainError('VALIDATION_FAILED', `${first.property}: ${first.message}`, {
    errors: errors.slice(0, ERRORS_MAX),
    help: 'Correct the names of these fields or leave them out, and send the request again.',
  });
}

function collect(schema: z.core.$ZodType, value: unknown, path: string, errors: FieldError[]): void {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    value.forEach((each, index) => collect(inner.element, each, `${path}${index}.`, errors));
  } else if (inner instanceof z.ZodObject && typeof value === 'object' && value !== null) {
    const shape = inner.shape as Record<string, z.core.$ZodType>;
    const known = Object.keys(shape);
    for (const [key, each] of Object.entries(value)) {
      if (Object.hasOwn(shape, key)) collect(shape[key]!, each, `${path}${key}.`, errors);
      else if (!inner.def.catchall) errors.push(unknownField(`${path}${key}`, known));
    }
  }
}

function unknownField(property: string, known: string[]): FieldError {
  const message = `is not a field here; known are ${known.slice(0, 30).join(', ')}`;
  return { property: property.slice(0, 200), code: 'UNKNOWN_FIELD', message };
}

/** The schema inside `optional`, `nullable`, `default` and what comes before a transformation. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return unwrap(schema.def.innerType);
  }
  return schema;
}
