import { parse } from 'cookie';
import type { Request, Response } from 'express';
import { SESSION_DAYS } from '#domain/workspaces';
import type { Settings } from '#platform/config';

/** Longer than any token of ours; what is longer is not hashed. */
const TOKEN_MAX = 100;

/**
 * The session cookie. Over TLS it is `__Host-hongyan` with Secure: no other host of the domain can set it. Browsers drop
 * that prefix without TLS, so a plain http address gets the plain name.
 */
export class SessionCookie {
  private readonly secure: boolean;
  readonly name: string;

  constructor(settings: Settings) {
    this.secure = settings.get('PUBLIC_URL').startsWith('https:');
    this.name = this.secure ? '__Host-hongyan' : 'hongyan';
  }

  read(request: Request): string | null {
    const value = parse(request.headers.cookie ?? '')[this.name];
    return value && value.length <= TOKEN_MAX ? value : null;
  }

  write(response: Response, token: string): void {
    response.cookie(this.name, token, { ...this.attributes(), maxAge: SESSION_DAYS * 86_400_000 });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.attributes());
  }

  private attributes() {
    return { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: this.secure };
  }
}
