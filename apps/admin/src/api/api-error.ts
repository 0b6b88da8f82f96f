import { loadProblemWords } from './problem-words.js';
import type { ClientErrorCode } from './problem-messages.js';

/** A field the server found wrong; `property` is a path such as `audience.lists.0`. */
export interface FieldProblem {
  property: string;
  code: string;
  message: string;
  params?: Record<string, string | number>;
}

interface Problem {
  code: ClientErrorCode;
  status: number;
  detail: string;
  help?: string | undefined;
  errors?: FieldProblem[] | undefined;
  requestId?: string | undefined;
  current?: unknown;
}

/** A refusal of the API (RFC 9457 problem document) or its silence. Worded for people by `problem.ts`. */
export class ApiError extends Error {
  readonly code: ClientErrorCode;
  readonly status: number;
  readonly detail: string;
  readonly help: string | undefined;
  readonly errors: FieldProblem[];
  readonly requestId: string | undefined;
  /** State of the resource that a stale write missed (409 STALE_VERSION). */
  readonly current: unknown;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.code = problem.code;
    this.status = problem.status;
    this.detail = problem.detail;
    this.help = problem.help;
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId;
    this.current = problem.current;
  }
}

/** Reads the problem document of a refused call; an answer in another format becomes `UNREADABLE`. */
export async function readProblem(response: Response): Promise<ApiError> {
  await loadProblemWords();
  const requestId = response.headers.get('x-request-id') ?? undefined;
  try {
    const body = (await response.json()) as Partial<Problem> | null;
    if (typeof body?.code === 'string') {
      return new ApiError({ ...body, requestId: body.requestId ?? requestId, status: response.status } as Problem);
    }
  } catch {
    // Not JSON: an answer of a proxy, described below.
  }
  return new ApiError({ code: 'UNREADABLE', status: response.status, detail: response.statusText, requestId });
}

/** True when the call failed because the thing is not (or no longer) there, or because no id looks like that. */
export function isNotFound(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const noId = error.code === 'VALIDATION_FAILED' && error.errors[0]?.property === 'id';
  return error.code === 'NOT_FOUND' || noId;
}
