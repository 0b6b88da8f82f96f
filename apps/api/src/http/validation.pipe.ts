import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '#contracts';

/** Validates body, query and parameters by the zod schema on the route, and names every wrong field at once. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => {
    const errors = issues.slice(0, 100).map((issue) => {
      const property = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
      return { property, code: ((issue as { code?: string }).code ?? 'invalid').toUpperCase(), message: issue.message };
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
