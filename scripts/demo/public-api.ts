import { DemoError } from './options.js';

interface Problem {
  code?: string;
  detail?: string;
  help?: string;
  errors?: { property: string; message: string }[];
}

/** An answer of the API that was not 2xx. */
export class ApiProblem extends DemoError {
  constructor(
    readonly status: number,
    request: string,
    problem: Problem,
  ) {
    const fields = (problem.errors ?? []).map((error) => `\n  ${error.property}: ${error.message}`).join('');
    super(
      `${request} answered ${status} ${problem.code ?? ''}: ${problem.detail ?? ''} ${problem.help ?? ''}${fields}`,
    );
  }
}

/** The public API as any program would use it: fetch and an API key (or the cookie that the set-up gave). */
export class PublicApi {
  private cookie = '';

  constructor(
    private readonly origin: string,
    private readonly key?: string,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.send('GET', path);
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.send('POST', path, JSON.stringify(body), { 'content-type': 'application/json' });
  }

  /** Uploads one CSV file with its options. */
  upload<T>(path: string, name: string, csv: string, options: unknown): Promise<T> {
    const form = new FormData();
    form.set('options', JSON.stringify(options));
    form.set('file', new Blob([csv], { type: 'text/csv' }), name);
    return this.send('POST', path, form);
  }

  private async send<T>(method: string, path: string, body?: string | FormData, extra = {}): Promise<T> {
    const identity: Record<string, string> = this.key
      ? { authorization: `Bearer ${this.key}` }
      : this.cookie
        ? { cookie: this.cookie, origin: this.origin }
        : {};
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: { ...identity, ...extra },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(60_000),
    });
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    const answer = text ? (parse(text) as T) : undefined;
    if (!response.ok) throw new ApiProblem(response.status, `${method} ${path}`, (answer ?? {}) as Problem);
    return answer as T;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 200) };
  }
}
