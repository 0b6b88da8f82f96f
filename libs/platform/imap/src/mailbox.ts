import { ImapFlow } from 'imapflow';
import type { ImapFlowOptions } from 'imapflow';
import { JUNK_FOLDER } from '#contracts';
import { pinned } from '#platform/egress';
import { diagnoseOpen, diagnoseSelect } from './diagnose.js';
import type { ImapError } from './diagnose.js';
import { readAfter } from './read-after.js';
import type { FetchedMail } from './read-after.js';
import type { ImapFailure, ImapTarget } from './target.js';

export type OpenMailbox = { ok: true; mailbox: ImapMailbox } | { ok: false; failure: ImapFailure };

export interface ImapFolder {
  path: string;
  /** `\Junk`, `\Sent`, `\Trash` …, where the server says so. */
  specialUse: string | null;
  /** False for a mere parent of folders. */
  selectable: boolean;
}

/** A folder as it is now. UIDs only mean something together with `uidValidity`. */
export type SelectedFolder =
  { ok: true; uidValidity: string; uidNext: number; messages: number } | { ok: false; failure: ImapFailure };

/** Where moved mails lie now, old UID → new; empty where the server does not say (no UIDPLUS). */
export type Moved =
  | { ok: true; uidValidity: string | null; uids: ReadonlyMap<number, number> }
  | { ok: false; why: 'not-offered' | 'refused' };

const FOLDERS_MAX = 1_000;
/** A server that sends a mail more slowly is taken for dead. */
const SLOWEST_BYTES_PER_MS = 20;
/** RFC 2971: NetEase refuses SELECT ("Unsafe Login") to clients that don't say who they are. */
const CLIENT = { name: 'Hongyan', version: '1', vendor: 'Hongyan' };

/**
 * Opens a mailbox: resolves and checks the host, encrypts, authenticates. Failures of the network and the server are
 * values that name the step and the cause.
 */
export async function openMailbox(target: ImapTarget): Promise<OpenMailbox> {
  const { egress, host, timeouts, security } = target;
  const resolved = await egress.resolve(host, timeouts.connect);
  if (!resolved.ok) {
    return { ok: false, failure: { step: 'resolve', diagnosis: resolved.diagnosis, detail: resolved.detail } };
  }
  if (!target.auth.secret) {
    return { ok: false, failure: { step: 'auth', diagnosis: 'auth-failed', detail: 'No password is stored.' } };
  }
  const client = new ImapFlow(options(target, resolved.addresses));
  // What goes wrong later ends the connection; `usable` tells.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    client.close();
    return { ok: false, failure: diagnoseOpen(error as ImapError, security === 'starttls') };
  }
  return { ok: true, mailbox: new ImapMailbox(client, target) };
}

/** One connection to one mailbox; does one thing at a time. */
export class ImapMailbox {
  /** Of the selected folder, as of SELECT. */
  private uidNext = 1;

  /** @internal use {@link openMailbox} */
  constructor(
    private readonly client: ImapFlow,
    private readonly target: ImapTarget,
  ) {}

  get usable(): boolean {
    return this.client.usable;
  }

  /** Whether the server tells of new mail by itself; otherwise it is polled. */
  get canIdle(): boolean {
    return this.client.capabilities.has('IDLE');
  }

  /** @throws Error when the connection is lost */
  async folders(): Promise<ImapFolder[]> {
    const listed = await this.inTime(this.client.list());
    return listed.slice(0, FOLDERS_MAX).map((folder) => ({
      path: folder.path,
      specialUse: folder.specialUse ?? null,
      selectable: !folder.flags.has('\\Noselect') && !folder.flags.has('\\NonExistent'),
    }));
  }

  /**
   * Folders by the names they have here: the junk folder by its own, left out where the server knows none.
   * @throws Error when the connection is lost
   */
  async named(folders: readonly string[]): Promise<string[]> {
    if (!folders.includes(JUNK_FOLDER)) return [...folders];
    const junk = (await this.folders()).find(({ specialUse, selectable }) => specialUse === '\\Junk' && selectable);
    const names = folders.map((folder) => (folder === JUNK_FOLDER ? (junk?.path ?? '') : folder));
    return [...new Set(names.filter(Boolean))];
  }

  /** Opens a folder; what follows reads from it. */
  async select(folder: string): Promise<SelectedFolder> {
    try {
      const opened = await this.inTime(this.client.mailboxOpen(folder));
      // The library's types promise what not every server says.
      this.uidNext = (opened.uidNext as number | undefined) ?? (await this.uidAfterLast(opened.exists));
      return {
        ok: true,
        uidValidity: String(opened.uidValidity),
        uidNext: this.uidNext,
        messages: opened.exists,
      };
    } catch (error) {
      return { ok: false, failure: diagnoseSelect(error as ImapError) };
    }
  }

  /** For servers that don't say it at SELECT, as Courier and others of before RFC 3501. */
  private async uidAfterLast(messages: number): Promise<number> {
    const last = messages > 0 ? await this.inTime(this.client.fetchOne('*', { uid: true })) : false;
    return last ? last.uid + 1 : 1;
  }

  /**
   * The next mails of the selected folder after a UID, in order of their UIDs, at most `limit` (500) of them. They are
   * read in small groups, so that memory stays flat however full the folder is and however large its mails are: of one
   * above `wholeBytes` (1 MB) only the parts that matter are read (readParts), and it is marked. \Seen is not set.
   * @param byStructure false reads the beginning of a large mail instead: for when the server's structures were of no use
   * @throws Error when the connection is lost; what was yielded before is good
   */
  fetchSince(
    lastUid: number,
    { limit = 500, wholeBytes = 1_048_576, byStructure = true } = {},
  ): AsyncGenerator<FetchedMail> {
    const wanted = { uidNext: this.uidNext, limit: Math.min(limit, 500), wholeBytes, byStructure };
    return readAfter(this.client, lastUid, wanted, (work, bytes) =>
      this.inTime(work, this.target.timeouts.command + bytes / SLOWEST_BYTES_PER_MS),
    );
  }

  /**
   * Waits until the selected folder has news: by IDLE where there is one, else by asking from time to time. Comes back
   * without news when IDLE is due to be renewed; call it again then. Each end is a round trip, so that a dead
   * connection is found out. A mark that somebody sets on a mail is news as well.
   * @param wake ends the wait, without news
   */
  async waitForChange(wake?: AbortSignal): Promise<'changed' | 'nothing' | 'closed'> {
    const { idle, poll } = this.target.timeouts;
    const before = this.client.mailbox ? this.client.mailbox.exists : 0;
    const waitMs = this.canIdle ? idle.min + Math.random() * (idle.max - idle.min) : poll;
    const news = this.news(waitMs, wake);
    const idling = this.canIdle ? this.client.idle().catch(() => false) : null;
    const told = await news;
    if (!(await this.noop())) return 'closed';
    await idling;
    const now = this.client.mailbox ? this.client.mailbox.exists : 0;
    return told || now !== before ? 'changed' : 'nothing';
  }

  /** Asks whether the server is still there; false closes the connection. */
  async noop(): Promise<boolean> {
    try {
      await this.inTime(this.client.noop(), this.target.timeouts.probe);
      return this.client.usable;
    } catch {
      return false;
    }
  }

  /** Whether mails can be moved: without MOVE and UIDPLUS a bare EXPUNGE would delete what others have marked. */
  get canMove(): boolean {
    const { capabilities } = this.client;
    return capabilities.has('MOVE') || capabilities.has('UIDPLUS');
  }

  /**
   * Moves mails of the selected folder, making the target folder where it is missing; those that are gone are passed
   * over. Nothing is done where the server can't move ({@link canMove}). At most 500 at once.
   * @throws Error when the connection is lost: some may have been moved
   */
  async move(uids: readonly number[], folder: string): Promise<Moved> {
    if (!this.canMove) return { ok: false, why: 'not-offered' };
    const range = [...uids].sort((a, b) => a - b).join(',');
    let moved = await this.inTime(this.client.messageMove(range, folder, { uid: true }));
    if (!moved && this.client.usable) {
      const made = await this.inTime(this.client.mailboxCreate(folder)).catch(() => null);
      if (made) moved = await this.inTime(this.client.messageMove(range, folder, { uid: true }));
    }
    if (!this.client.usable) throw new Error('The connection was lost.');
    if (!moved) return { ok: false, why: 'refused' };
    return { ok: true, uidValidity: moved.uidValidity?.toString() ?? null, uids: moved.uidMap ?? new Map() };
  }

  /**
   * Adds a mark to mails of the selected folder; those that are gone are passed over (RFC 3501 section 6.4.8).
   * @param flag \Seen, \Answered or a keyword
   * @returns whether the server took it; false for a keyword that it does not keep
   * @throws Error when the connection is lost
   */
  async mark(uids: readonly number[], flag: string): Promise<boolean> {
    if (uids.length === 0) return true;
    const marked = await this.inTime(this.client.messageFlagsAdd(uids.join(','), [flag], { uid: true }));
    if (!this.client.usable) throw new Error('The connection was lost.');
    return marked;
  }

  /**
   * Which of these mails are in the selected folder, and whether they are marked as read. At most 500 at once.
   * @throws Error when the connection is lost
   */
  async seen(uids: readonly number[]): Promise<Map<number, boolean>> {
    if (uids.length === 0) return new Map();
    const range = uids.slice(0, 500).join(',');
    const found = await this.inTime(this.client.fetchAll(range, { uid: true, flags: true }, { uid: true }));
    return new Map(found.map(({ uid, flags }) => [uid, flags?.has('\\Seen') ?? false]));
  }

  /**
   * UIDs in the selected folder of mails with this Message-ID.
   * @throws Error when the connection is lost
   */
  async withMessageId(messageId: string): Promise<number[]> {
    const found = await this.inTime(this.client.search({ header: { 'message-id': messageId } }, { uid: true }));
    return found ? found.slice(0, 10) : [];
  }

  /** LOGOUT, then close; never rejects. */
  async close(): Promise<void> {
    if (this.client.usable) await this.inTime(this.client.logout()).catch(() => undefined);
    this.client.close();
  }

  /** Resolves true on news, false after `waitMs`, when woken or when the connection ends. */
  private news(waitMs: number, wake?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (result: boolean) => {
        clearTimeout(timer);
        this.client.off('exists', changed);
        this.client.off('flags', changed);
        wake?.removeEventListener('abort', ended);
        this.client.off('close', ended);
        resolve(result);
      };
      const changed = () => done(true);
      const ended = () => done(false);
      const timer = setTimeout(ended, waitMs);
      this.client.on('exists', changed);
      this.client.on('flags', changed);
      wake?.addEventListener('abort', ended);
      this.client.on('close', ended);
      if (!this.client.usable || wake?.aborted) done(false);
    });
  }

  /** The watchdog of every command: a server that does not answer in time is dead, and the connection is closed. */
  private async inTime<T>(work: Promise<T>, timeoutMs = this.target.timeouts.command): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.client.close();
        reject(new Error('The IMAP server did not answer in time.'));
      }, timeoutMs);
    });
    try {
      return await Promise.race([work, expired]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function options(target: ImapTarget, addresses: readonly string[]): ImapFlowOptions {
  const { host, port, security, auth, egress, timeouts } = target;
  const { host: _, ...tls } = egress.tlsOptions(host);
  return {
    host,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'tls' ? undefined : security === 'starttls',
    // imapflow hands these to the connection itself as well, TLS or not: so the look-up is pinned.
    tls: { ...tls, lookup: pinned(addresses) } as ImapFlowOptions['tls'],
    auth:
      auth.method === 'xoauth2'
        ? { user: auth.user, accessToken: auth.secret }
        : { user: auth.user, pass: auth.secret },
    clientInfo: CLIENT,
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    maxIdleTime: timeouts.idle.max,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.idle.max + timeouts.command,
    maxLineLength: 16_777_216,
    maxLiteralSize: 67_108_864,
    maxResponseSize: 134_217_728,
  };
}
