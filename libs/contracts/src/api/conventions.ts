import { z } from 'zod';

const BIGINT_MAX = '9223372036854775807';

/** Postgres bigint as a decimal string. */
export const Id = z
  .string()
  .regex(/^[1-9]\d{0,18}$/, 'must be a positive decimal id')
  // Nineteen digits can say more than a bigint holds; of equal length, text compares like the number.
  .refine((id) => id.length < BIGINT_MAX.length || id <= BIGINT_MAX, 'must be a positive decimal id')
  .meta({ examples: ['42'] });
/** RFC 3339 instant in UTC. */
export const Instant = z.iso.datetime({ offset: true }).meta({ examples: ['2026-05-06T07:08:09.000Z'] });
export const Locale = z.enum(['zh-CN', 'en']);
export type Locale = z.infer<typeof Locale>;

/** IANA time zone name known to this Node. */
export const TimeZone = z.string().max(64).refine(isTimeZone, 'must be an IANA time zone such as Asia/Shanghai');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** One line of text: trimmed, no control characters, so it can stand in a header or a table. */
export function line(max: number, min = 1) {
  return z
    .string()
    .trim()
    .min(min, min === 1 ? 'must not be empty' : `must have at least ${min} characters`)
    .max(max)
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must be one line without control characters');
}

/** A user name, a password, a token: taken as it is, but nothing that could end a line of a protocol. */
export function secret(max: number, min = 0) {
  return z
    .string()
    .min(min, 'must not be empty')
    .max(max)
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must not have line breaks or other control characters');
}

/** Query of every list: keyset paging by an opaque cursor, newest first unless `sort` says otherwise. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  q: z.string().trim().max(200).optional(),
  count: z.stringbool().optional().meta({ description: 'ask for `total`, which costs a count' }),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** Answer of every list. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.number().int().optional(),
  });
}
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total?: number;
}

/** Editable resources carry a version; a write names the one it read, and a stale one is 409 STALE_VERSION. */
export const Version = z.number().int().min(1).max(2_147_483_647);

/** RFC 9457 problem document with our stable code. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    help: z.string().optional(),
    errors: z
      .array(
        z.object({
          property: z.string(),
          code: z.string(),
          message: z.string(),
          params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      )
      .optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });

/** A field of a PATCH: without its default, and where it is an object, the fields of it that have one may be absent. */
type PatchField<Field extends z.core.SomeType> =
  Field extends z.ZodDefault<infer Inner>
    ? PatchField<Inner>
    : Field extends z.ZodObject<infer Shape>
      ? z.ZodObject<{
          [K in keyof Shape]: Shape[K] extends z.ZodDefault<infer Inner> ? z.ZodOptional<Inner> : Shape[K];
        }>
      : Field;
type Patched<Shape extends z.ZodRawShape> = { [K in keyof Shape]: z.ZodOptional<PatchField<Shape[K]>> };

/**
 * The body of a PATCH: every field optional and without its default, since zod's `.partial()` would fill the defaults
 * of absent fields and so overwrite what the writer did not mention. The same holds inside objects: `{ audience:
 * { excludeLists } }` has no `lists`, and {@link applyPatch} leaves them as they are. A field of an inner object
 * without a default is required, or absent means "none", as in the whole body. Carries the version the writer read.
 */
export function patchOf<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  const shape = Object.fromEntries(
    Object.entries(schema.shape).map(([key, field]) => [key, z.optional(patchField(field as z.ZodType))]),
  ) as unknown as Patched<Shape>;
  return z.object(shape).extend({ version: Version });
}

function patchField(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodDefault) return patchField(field.unwrap() as z.ZodType);
  if (!(field instanceof z.ZodObject)) return field;
  const inner = Object.entries(field.shape as z.ZodRawShape);
  if (!inner.some(([, each]) => each instanceof z.ZodDefault)) return field;
  const optional = (each: z.core.SomeType) => (each instanceof z.ZodDefault ? z.optional(each.unwrap()) : each);
  return z.object(Object.fromEntries(inner.map(([key, each]) => [key, optional(each)])) as z.ZodRawShape);
}

/**
 * `current` with the changes of a PATCH: absent fields stay, and so do those of inner objects that have a default.
 * @param schema what the PATCH was made of by {@link patchOf}
 */
export function applyPatch<T extends object>(schema: z.ZodObject, current: T, changes: object): T {
  const result: Record<string, unknown> = { ...(current as Record<string, unknown>) };
  for (const [key, change] of Object.entries(changes)) {
    if (change === undefined) continue;
    result[key] = patchValue(schema.shape[key] as z.ZodType | undefined, result[key], change);
  }
  return result as T;
}

function patchValue(field: z.ZodType | undefined, current: unknown, change: unknown): unknown {
  if (field instanceof z.ZodDefault) return patchValue(field.unwrap() as z.ZodType, current, change);
  if (!(field instanceof z.ZodObject) || !isRecord(current) || !isRecord(change)) return change;
  const kept = Object.entries(field.shape as z.ZodRawShape)
    .filter(([key, each]) => each instanceof z.ZodDefault && key in current)
    .map(([key]) => [key, current[key]]);
  return applyPatch(field, Object.fromEntries(kept) as object, change);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
