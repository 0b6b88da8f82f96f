import type { Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionCustomAuthHandler, SMTPError } from 'nodemailer/lib/smtp-connection';
import { parseReply, shorten } from './reply.js';
import type { SmtpReply } from './reply.js';
import type { SmtpTarget } from './target.js';

/** Why an operation on the wire ended without its result. */
export interface WireFailure {
  /** Ours or the system's words. */
  text: string;
  /** The command the server refused, `CONN` for trouble of the connection itself. */
  command: string;
  /** nodemailer's or the system's code, such as `ETLS` or `CERT_HAS_EXPIRED`. */
  code: string;
  reply: SmtpReply | null;
}
export type WireResult<T> = { ok: true; value: T } | { ok: false; failure: WireFailure };
type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
type Done<T> = (error?: SMTPError | Error | null, value?: T) => void;

const ONE_HOUR = 3_600_000;

/**
 * nodemailer's connection with two things added: every wait has its own deadline (nodemailer's measure silence, so a
 * server that drips bytes would hold it for ever), and every end of the connection ends the operation that waits.
 * Its transaction log is how the protocol is watched: it names each command and each reply, with secrets hidden.
 */
export class Wire {
  /** Called on each complete reply, before nodemailer acts on it. */
  onReply: ((reply: SmtpReply) => void) | null = null;
  lastReply: SmtpReply | null = null;
  /** EHLO keywords in upper case with their parameters; empty where only HELO is spoken. */
  extensions: ReadonlyMap<string, string> = new Map();
  alive = true;
  private readonly connection: SMTPConnection;
  private command = '';
  private fail: ((failure: WireFailure) => void) | null = null;
  private deadline: NodeJS.Timeout | undefined;

  /** @param socket connected; already encrypted where the target says `tls` */
  constructor(
    private readonly socket: Socket,
    target: SmtpTarget,
  ) {
    const secured = target.security === 'tls';
    this.connection = new SMTPConnection({
      connection: socket,
      host: target.host,
      port: target.port,
      secure: secured,
      secured,
      requireTLS: target.security === 'starttls',
      ignoreTLS: target.security === 'none',
      tls: target.egress.tlsOptions(target.host),
      name: target.name,
      maxResponseSize: 65_536,
      // Ours are stricter; these only may not fire first.
      connectionTimeout: ONE_HOUR,
      greetingTimeout: ONE_HOUR,
      socketTimeout: ONE_HOUR,
      socketCloseTimeout: 0,
      transactionLog: true,
      logger: this.transcript() as never,
      customAuth: { BEARER: authBearer, COMMAND: runCommand },
    });
    this.connection.on('error', (error: SMTPError) => this.end(toFailure(error)));
    this.connection.once('end', () => this.end(closed()));
    // A close that comes before nodemailer listens; where it does listen, its own words come first.
    socket.once('close', () => setImmediate(() => this.end(closed())));
  }

  /** Greeting, EHLO and, where the target says so, STARTTLS with a second EHLO. */
  connect(timeoutMs: number): Promise<WireResult<undefined>> {
    return this.run('the greeting', timeoutMs, (done) => this.connection.connect(done));
  }

  /** Authenticates by exactly this method. */
  login(method: string, user: string, secret: string, timeoutMs: number): Promise<WireResult<undefined>> {
    const auth = { method: method === 'XOAUTH2' ? 'BEARER' : method, user, pass: secret };
    return this.run(`AUTH ${method}`, timeoutMs, (done) => this.connection.login(auth, (error) => done(error)));
  }

  reset(timeoutMs: number): Promise<WireResult<undefined>> {
    return this.run('RSET', timeoutMs, (done) => this.connection.reset((error) => done(error)));
  }

  /** Sends one command and reads its reply, whatever it is. */
  ask(line: string, timeoutMs: number): Promise<WireResult<SmtpReply>> {
    return this.run(line.slice(0, 20), timeoutMs, (done) => {
      const reply = (raw: string) => done(null, parseReply(raw));
      this.connection.login({ method: 'COMMAND', line, reply }, (error) => error && done(error));
    });
  }

  /** One transaction; see nodemailer's `send`. */
  send(
    envelope: Parameters<SMTPConnection['send']>[0],
    message: Parameters<SMTPConnection['send']>[1],
    timeoutMs: number,
  ): Promise<WireResult<string>> {
    return this.run('MAIL FROM', timeoutMs, (done) =>
      this.connection.send(envelope, message, (error, info) => done(error, info?.response)),
    );
  }

  /** Sets the deadline of what is waited for now. */
  arm(timeoutMs: number, what: string): void {
    clearTimeout(this.deadline);
    if (!this.fail) return;
    this.deadline = setTimeout(() => {
      this.end({ text: `Timed out waiting for ${what}.`, command: 'CONN', code: 'ETIMEDOUT', reply: null });
    }, timeoutMs);
  }

  /** True while bytes that were written have not reached the kernel. */
  get hasUnsentBytes(): boolean {
    const socket = this.connection._socket || this.socket;
    return socket.writableLength > 0;
  }

  /** Ends the connection and what waits on it. */
  end(failure: WireFailure): void {
    this.alive = false;
    const fail = this.fail;
    this.fail = null;
    clearTimeout(this.deadline);
    this.connection.close();
    this.socket.destroy();
    fail?.(failure);
  }

  /**
   * QUIT, then close; a server that does not answer is left after a few seconds. In the middle of a thing: close.
   * @returns when the connection is closed; never rejects
   */
  quit(): Promise<void> {
    if (!this.alive) return Promise.resolve();
    if (this.fail) {
      this.end(closed());
      return Promise.resolve();
    }
    this.alive = false;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(closed()), 3_000);
      this.socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.connection.quit();
    });
  }

  /** Gives the socket away, between two operations, to somebody who goes on with the dialogue by themselves. */
  detach(): Socket {
    const socket = this.connection._socket || this.socket;
    // nodemailer has no door for this: its own listeners, by their names, are all that ties it to the socket.
    const own = this.connection as unknown as Record<string, (...values: unknown[]) => void>;
    const listeners: Record<string, string[]> = {
      data: ['_onSocketData'],
      timeout: ['_onSocketTimeout'],
      close: ['_onSocketClose'],
      end: ['_onSocketEnd'],
      error: ['_onSocketError', '_onConnectionSocketError'],
    };
    for (const [event, names] of Object.entries(listeners)) {
      for (const name of names) if (own[name]) socket.removeListener(event, own[name]);
    }
    this.connection.removeAllListeners();
    this.connection.on('error', () => undefined);
    this.alive = false;
    return socket;
  }

  private run<T>(what: string, timeoutMs: number, start: (done: Done<T>) => void): Promise<WireResult<T>> {
    if (this.fail) throw new Error('A session does one thing at a time.');
    return new Promise((resolve) => {
      const settle = (result: WireResult<T>) => {
        this.fail = null;
        this.onReply = null;
        clearTimeout(this.deadline);
        resolve(result);
      };
      this.fail = (failure) => settle({ ok: false, failure });
      this.arm(timeoutMs, what);
      if (!this.alive) return this.end(closed());
      start((error, value) =>
        settle(error ? { ok: false, failure: toFailure(error) } : { ok: true, value: value as T }),
      );
    });
  }

  private transcript(): Record<LogLevel, (data: { tnx?: string } | string, text?: string) => void> {
    const ignore = () => undefined;
    const debug = (data: { tnx?: string } | string, text = '') => {
      if (typeof data === 'string') return;
      if (data.tnx === 'client') this.command = text.slice(0, 4).toUpperCase();
      if (data.tnx === 'server') this.read(text);
    };
    return { trace: ignore, debug, info: ignore, warn: ignore, error: ignore, fatal: ignore };
  }

  private read(raw: string): void {
    const reply = parseReply(raw);
    this.lastReply = reply;
    if (this.command === 'EHLO' && reply.code === 250) this.extensions = readExtensions(raw);
    this.onReply?.(reply);
  }
}

function readExtensions(raw: string): ReadonlyMap<string, string> {
  const lines = raw.split(/\r?\n/).slice(1, 100);
  return new Map(
    lines.map((line) => {
      // `AUTH=LOGIN` is an old form that some servers still send beside the standard one.
      const [keyword = '', ...parameters] = line
        .slice(4)
        .replace(/^AUTH=/i, 'AUTH ')
        .trim()
        .split(/ +/);
      return [keyword.toUpperCase(), parameters.join(' ').toUpperCase()];
    }),
  );
}

function closed(): WireFailure {
  return { text: 'The server closed the connection.', command: 'CONN', code: 'ECONNECTION', reply: null };
}

function toFailure(error: SMTPError | Error): WireFailure {
  const { code, originalCode, command, response } = error as SMTPError & { originalCode?: string };
  const reply = typeof response === 'string' ? parseReply(response) : null;
  return {
    text: reply?.text || shorten(error.message),
    command: command ?? 'CONN',
    code: originalCode ?? code ?? '',
    reply,
  };
}

/** AUTH XOAUTH2 with an access token; after 334 an empty line fetches the refusal itself. */
const authBearer: SMTPConnectionCustomAuthHandler = async ({ auth, sendCommand }) => {
  const token = `user=${auth.user ?? ''}\u0001auth=Bearer ${auth.pass ?? ''}\u0001\u0001`;
  let answer = await sendCommand(`AUTH XOAUTH2 ${Buffer.from(token).toString('base64')}`);
  if (answer.status === 334) answer = await sendCommand('');
  if (answer.status !== 235) throw new Error('Invalid login');
};

/** nodemailer's only public door for a command of one's own is a custom authentication method. */
const runCommand: SMTPConnectionCustomAuthHandler = async ({ auth, sendCommand }) => {
  const answer = await sendCommand(String(auth.line));
  (auth.reply as (raw: string) => void)(answer.response);
};
