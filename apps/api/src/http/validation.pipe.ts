import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata } from '@nestjs/common';
import { DomainError } from '#contracts';
import { requireStorableText } from './storable-text.js';
import { refuseUnknownFields } from './unknown-fields.js';

/** Looks at the text of body, query and parameters before their schemas do: none of these can name what no field takes. */
class InputPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata) {
    if (this.toValidate(metadata)) requireStorableText(value, metadata.data);
    try {
      const taken = await super.transform(value, metadata);
      if (metadata.type === 'body' || metadata.type === 'query') refuseUnknownFields(metadata.schema, value);
      return taken;
    } catch (error) {
      throw metadata.type === 'param' && metadata.data ? namedAfter(metadata.data, error) : error;
    }
  }
}

/** A parameter of the path is a value without a name of its own: the refusal says which one it is. */
function namedAfter(name: string, error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  const errors = error.errors?.map((each) => (each.property === '' ? { ...each, property: name } : each)) ?? [];
  const { code, message, help } = error;
  return new DomainError(code, `${name}: ${message}`, { errors, ...(help ? { help } : {}) });
}

/** Validates body, query and parameters by the zod schema on the route, and names every wrong field at once. */
export const validationPipe = new InputPipe({
  exceptionFactory: (issues) => {
    const errors = issues.slice(0, 100).map((issue) => {
      const property = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
      const { code = 'invalid', minimum, origin } = issue as { code?: string; minimum?: number; origin?: string };
      // An empty text is "too small" by one: with the bound a client can say "missing" in its own words.
      const params = typeof minimum === 'number' && origin ? { params: { minimum, origin } } : {};
      return { property, code: code.toUpperCase(), message: issue.message, ...params };
    });
    const first = errors[0];
    return new DomainError(
      'VALIDATION_FAILED',
      first ? [first.property, first.message].filter(Boolean).join(': ') : 'The input is not valid.',
      {
        errors,
        help: 'Mend the named fields and send the request again.',
      },
    );
  },
});
