/**
 * The one table of error codes. Codes never change; messages may. Each has its HTTP status here so that the filter in
 * apps/api is the only place that speaks HTTP.
 */
export const ERROR_CODES = {
  // 400 malformed
  MALFORMED_REQUEST: 400,
  // 401 / 403
  NOT_AUTHENTICATED: 401,
  LOGIN_FAILED: 401,
  ORIGIN_NOT_ALLOWED: 403,
  FORBIDDEN: 403,
  SETUP_TOKEN_INVALID: 403,
  RESET_LINK_INVALID: 403,
  // 404
  NOT_FOUND: 404,
  // 409 state conflict
  SETUP_ALREADY_DONE: 409,
  STALE_VERSION: 409,
  ALREADY_EXISTS: 409,
  WORKSPACE_NOT_DEMO: 409,
  IN_USE: 409,
  CAMPAIGN_NOT_EDITABLE: 409,
  CAMPAIGN_NOT_STARTABLE: 409,
  CAMPAIGN_NOT_SCHEDULABLE: 409,
  CAMPAIGN_NOT_PAUSABLE: 409,
  CAMPAIGN_NOT_RESUMABLE: 409,
  CAMPAIGN_NOT_CANCELLABLE: 409,
  CAMPAIGN_NOT_STARTED: 409,
  AB_TEST_NOT_OPEN: 409,
  UNCERTAIN_CHANGED: 409,
  CAMPAIGN_INCOMPLETE: 422,
  MESSAGE_NOT_UNCERTAIN: 409,
  MAIL_NOT_IN_REVIEW: 409,
  VERDICT_HAS_ACTED: 409,
  ANSWER_NOT_FAILED: 409,
  ANSWERED_MEANWHILE: 409,
  IMPORT_NOT_CANCELLABLE: 409,
  IMPORT_NOT_CHECKED: 409,
  IMPORT_NOT_DRAFT: 409,
  IMPORT_NOT_UNDOABLE: 409,
  IMPORT_NOT_HELD: 409,
  RULE_CHANGE_NOT_UNDOABLE: 409,
  SUNSET_OFF: 409,
  CLEANING_RUNNING: 409,
  CLEANING_NOT_APPLICABLE: 409,
  CLEANING_NOT_UNDOABLE: 409,
  IDEMPOTENCY_KEY_REUSED: 422,
  IDEMPOTENCY_IN_PROGRESS: 409,
  // 413 / 415
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  // 422 validation
  VALIDATION_FAILED: 422,
  ADDRESS_INVALID: 422,
  TEMPLATE_INVALID: 422,
  IMPORT_FILE_INVALID: 422,
  PASSWORD_TOO_WEAK: 422,
  SECRET_REQUIRED: 422,
  SENDER_DOMAIN_NOT_ALLOWED: 422,
  // 429 / 5xx
  TOO_MANY_ATTEMPTS: 429,
  INTERNAL: 500,
  NOT_READY: 503,
  UPSTREAM_UNAVAILABLE: 503,
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

/** One field of the input that is wrong. `property` is a path such as `audience.lists.0`. */
export interface FieldError {
  property: string;
  code: string;
  message: string;
  /** Values for the UI's own wording, e.g. `{ line: 12 }`. */
  params?: Record<string, string | number>;
}

/**
 * An error a caller can do something about. Three audiences: `message` for people, `code` for programs, `help` names
 * the remedy. Anything else that is thrown is a bug and answers 500.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly help: string | undefined;
  readonly property: string | undefined;
  readonly errors: FieldError[] | undefined;
  /** Further members of the problem document, such as `current` (the state a stale write missed) or `retryAfter`. */
  readonly extra: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { help?: string; property?: string; errors?: FieldError[]; extra?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.help = options.help;
    this.property = options.property;
    this.errors = options.errors;
    this.extra = options.extra;
  }

  get status(): number {
    return ERROR_CODES[this.code];
  }
}

/** The 404 every lookup raises, also for an id of another workspace. */
export function notFound(what: string, id: string): DomainError {
  return new DomainError('NOT_FOUND', `There is no ${what} ${id} in this workspace.`);
}

/**
 * A 413 that names the limit and the remedy.
 * @param what has too many bytes, as the beginning of a sentence
 * @param max bytes, a whole number of MB
 * @param found where, and under which code the admin UI words the remedy
 */
export function tooLarge(
  what: string,
  max: number,
  help: string,
  found: Pick<FieldError, 'property' | 'code' | 'params'>,
): DomainError {
  const limit = `${max / 1024 / 1024} MB`;
  const message = `${what} has more than ${limit}.`;
  const { property } = found;
  const errors = [{ ...found, message, params: { ...found.params, limit } }];
  return new DomainError('TOO_LARGE', message, { property, help, errors });
}

/** A 422 for one field. */
export function invalid(property: string, code: string, message: string, params?: FieldError['params']): DomainError {
  return new DomainError('VALIDATION_FAILED', message, {
    property,
    errors: [params ? { property, code, message, params } : { property, code, message }],
  });
}
