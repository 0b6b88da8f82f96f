/** An answer that was not 2xx. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    readonly problem: { code: string; detail: string; errors?: { property: string; code: string; message: string }[] },
  ) {
    super(`${status} ${problem.code}: ${problem.detail} ${JSON.stringify(problem.errors ?? '')}`);
  }
}

/** The public API over fetch, with a session cookie or an API key, as a program would use it. */
export class ApiClient {
  private cookie = '';

  constructor(
    private readonly origin: string,
    private readonly key?: string,
  ) {}

  get<T = any>(path: string): Promise<T> {
    return this.request('GET', path);
  }

  post<T = any>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.request('POST', path, body, headers);
  }

  patch<T = any>(path: string, body: unknown): Promise<T> {
    return this.request('PATCH', path, body);
  }

  put<T = any>(path: string, body: unknown): Promise<T> {
    return this.request('PUT', path, body);
  }

  delete(path: string): Promise<void> {
    return this.request('DELETE', path);
  }

  async upload<T = any>(
    path: string,
    file: { name: string; type: string; content: Buffer | string },
    options?: unknown,
  ): Promise<T> {
    const form = new FormData();
    if (options !== undefined) form.set('options', JSON.stringify(options));
    form.set('file', new Blob([new Uint8Array(Buffer.from(file.content))], { type: file.type }), file.name);
    return this.request('POST', path, form);
  }

  async raw(path: string): Promise<Response> {
    return fetch(`${this.origin}/api/v1${path}`, { headers: this.headers() });
  }

  private async request<T>(
    method: string,
    path: string,
    body?: unknown,
    extra: Record<string, string> = {},
  ): Promise<T> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: { ...this.headers(), ...(body && !isForm ? { 'content-type': 'application/json' } : {}), ...extra },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    const answer: unknown = text ? JSON.parse(text) : undefined;
    if (!response.ok) throw new ApiFailure(response.status, answer as ApiFailure['problem']);
    return answer as T;
  }

  /** What says who asks. */
  headers(): Record<string, string> {
    if (this.key) return { authorization: `Bearer ${this.key}` };
    return this.cookie ? { cookie: this.cookie, origin: this.origin } : {};
  }
}
