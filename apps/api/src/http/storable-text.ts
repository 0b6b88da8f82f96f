import { DomainError } from '#contracts';
import type { FieldError } from '#contracts';

const ERRORS_MAX = 100;

/**
 * Refuses text that Postgres can't store: NUL, and half a surrogate pair (which jsonb refuses). It walks without
 * recursion, since what it walks over is whatever somebody sent.
 * @param root path of `value`, for the names of its fields
 * @throws DomainError VALIDATION_FAILED naming every field
 */
export function requireStorableText(value: unknown, root = ''): void {
  const errors: FieldError[] = [];
  const waiting: [path: string, value: unknown][] = [[root, value]];
  for (let next = waiting.pop(); next && errors.length < ERRORS_MAX; next = waiting.pop()) {
    const [path, each] = next;
    if (typeof each === 'string') {
      const error = whatIsWrong(each);
      if (error) errors.push({ property: path, ...error });
    } else if (typeof each === 'object' && each !== null) {
      for (const [key, inner] of Object.entries(each)) {
        const error = whatIsWrong(key);
        if (error) errors.push({ property: path, ...error, message: `a name in it ${error.message}` });
        else waiting.push([path === '' ? key : `${path}.${key}`, inner]);
      }
    }
  }
  const [first] = errors;
  if (!first) return;
  throw new DomainError('VALIDATION_FAILED', [first.property, first.message].filter(Boolean).join(': '), {
    errors: errors.reverse(),
    help: 'Take the character out of the named fields and send the request again.',
  });
}

function whatIsWrong(text: string): Pick<FieldError, 'code' | 'message'> | null {
  if (text.includes('\0')) return { code: 'NUL_CHARACTER', message: 'must not contain the NUL character' };
  if (/\p{Cs}/u.test(text)) return { code: 'NOT_UNICODE', message: 'must not contain half a character (surrogate)' };
  return null;
}
