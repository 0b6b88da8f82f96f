import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, notFound } from '#contracts';
import type { ContentBody, FieldError, Message, MessageBody, MessageQuery, MessageSummary, Page } from '#contracts';
import { isReservedDomain } from '#engine/address';
import { providerOf } from '#engine/pace';
import { Vault } from '#platform/crypto';
import { Database, isUniqueViolation, toPage } from '#platform/database';
import { JobQueue } from '#platform/queue';
import { decodeIdCursor } from '#domain/contacts';
import { SendingAccountLoader } from '#domain/senders';
import type { SendingAccount } from '#domain/senders';
import { AttachmentsService, ContentCompiler, findTemplateContent } from '#domain/templates';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { findFiles, readFiles, storeFiles } from './message-attachments.js';
import type { MessageFile } from './message-attachments.js';
import { MessageContents } from './message-contents.js';
import { asStored, findEarlier, requestKey } from './message-key.js';
import { carriersTo, checkFrom, defaultFrom, readParty } from './message-parties.js';
import type { Party } from './message-parties.js';
import { decideUncertain, findMessage, findMessages, insertMessage } from './message.repository.js';
import type { MessageRow, NewMessage, UncertainDecision } from './message.repository.js';
import { toDetail, toSummary } from './message-view.js';

/** How long a workspace's accounts are believed, so that a burst of messages does not read them each time. */
const ACCOUNTS_MS = 2_000;
const CONTENT_PARTS = ['subject', 'preheader', 'html', 'mjml', 'text'] as const;

/** Triggered mail as programs ask for it: taken in, checked at once, kept before it is answered. */
@Injectable()
export class MessagesService {
  private readonly contents: MessageContents;
  private hinting = false;
  private hintNext: string | null = null;
  private readonly surroundings = new Map<string, { at: number; accounts: SendingAccount[]; name: string }>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(ContentCompiler) compiler: ContentCompiler,
    @Inject(AttachmentsService) private readonly attachments: AttachmentsService,
    @Inject(SendingAccountLoader) private readonly loader: SendingAccountLoader,
  ) {
    this.contents = new MessageContents(compiler);
  }

  /**
   * Stores a message and wakes a sender. One to a suppressed address is stored as skipped.
   * @param key of the request: under one that made a message before, nothing happens and its first answer comes again
   * @throws DomainError VALIDATION_FAILED with every wrong field, IDEMPOTENCY_KEY_REUSED
   */
  async create(
    ctx: RequestContext,
    body: MessageBody,
    key?: string,
  ): Promise<{ summary: z.infer<typeof MessageSummary>; replayed: boolean }> {
    const idempotency = key === undefined ? null : requestKey(key, body, this.vault.tokenKeys);
    const again = async () => idempotency && (await findEarlier(this.db, ctx.workspaceId, idempotency));
    const replay = (row: MessageRow) => ({ summary: toSummary(asStored(row)), replayed: true });
    const earlier = await again();
    if (earlier) return replay(earlier);
    const { message, files } = await this.read(ctx, body);
    try {
      const row = await this.store({ ...message, idempotency }, files);
      if (row.status === 'pending') this.hint(row.id);
      return { summary: toSummary(row), replayed: false };
    } catch (error) {
      // The same request twice at once: the other one was faster.
      const other = isUniqueViolation(error, 'messages_idempotency') ? await again() : null;
      if (!other) throw error;
      return replay(other);
    }
  }

  /** @throws DomainError VALIDATION_FAILED with every wrong field */
  private async read(
    ctx: RequestContext,
    body: MessageBody,
  ): Promise<{ message: Omit<NewMessage, 'idempotency'>; files: MessageFile[] }> {
    const errors: FieldError[] = [];
    const to = readParty(body.to, 'to', errors);
    const from = to && (await this.readFrom(ctx.workspaceId, body, to, errors));
    const replyTo = body.replyTo === undefined ? null : readParty(body.replyTo, 'replyTo', errors);
    const content = await this.readContent(ctx.workspaceId, body, errors);
    const files = await readFiles(this.attachments, ctx, body.attachments, errors);
    if (errors.length > 0 || !to || !from || !content) throw refused(errors);
    const message = {
      workspaceId: ctx.workspaceId,
      to,
      from,
      provider: providerOf(to.domain),
      reserved: isReservedDomain(to.domain),
      replyTo: replyTo?.address ?? null,
      templateId: body.templateId ?? null,
      contentId: content.id,
      subject: content.subject,
      data: body.data,
      tags: [...new Set(body.tags)],
    };
    return { message, files };
  }

  private store(message: NewMessage, files: MessageFile[]): Promise<MessageRow> {
    if (files.length === 0) return insertMessage(this.db, message);
    return this.db.transaction(async (tx) => {
      const row = await insertMessage(tx, message);
      await storeFiles(tx, message.workspaceId, row.id, files);
      return row;
    });
  }

  async get(ctx: RequestContext, id: string): Promise<z.infer<typeof Message>> {
    const row = await findMessage(this.db, ctx.workspaceId, id);
    if (!row) throw notFound('message', id);
    return toDetail(row, await findFiles(this.db, id));
  }

  async list(ctx: RequestContext, query: MessageQuery): Promise<Page<z.infer<typeof MessageSummary>>> {
    const { status, tag } = query;
    const to = query.to?.toLowerCase().replace(/[\\%_]/g, '\\$&');
    const filter = { status, tag, toStartsWith: to ? `${to}%` : null };
    const page = { before: decodeIdCursor(query.cursor), limit: query.limit };
    const rows = await findMessages(this.db, ctx.workspaceId, filter, page);
    return toPage(rows, query.limit, (row) => [row.id], toSummary);
  }

  /**
   * What a person decides about a message whose reply was lost.
   * @throws DomainError NOT_FOUND, MESSAGE_NOT_UNCERTAIN
   */
  async settle(ctx: RequestContext, id: string, decision: UncertainDecision): Promise<z.infer<typeof MessageSummary>> {
    const row = await this.db.transaction(async (tx) => {
      const before = await findMessage(tx, ctx.workspaceId, id);
      if (!before) throw notFound('message', id);
      const decided = await decideUncertain(tx, ctx.workspaceId, id, decision);
      if (!decided) {
        throw new DomainError('MESSAGE_NOT_UNCERTAIN', `The message is ${before.status}, not uncertain.`, {
          help: 'Only a message whose reply was lost waits for a decision.',
        });
      }
      await audit(tx, ctx, 'message.settled', `message:${id}`, { status: before.status }, { decision });
      return decided;
    });
    if (decision === 'resend') this.hint(id);
    return toSummary(row);
  }

  /**
   * Wakes a sender. Not waited for: the message is stored, and a hint that gets lost costs a fifth of a second. Of those
   * that come while one is on its way a single one follows, so that a burst is no burst of jobs.
   */
  private hint(messageId: string): void {
    if (this.hinting) {
      this.hintNext = messageId;
      return;
    }
    this.hinting = true;
    void this.queue.add('message.ready', { messageId }).finally(() => {
      this.hinting = false;
      const next = this.hintNext;
      this.hintNext = null;
      if (next) this.hint(next);
    });
  }

  private async readFrom(
    workspaceId: string,
    { from }: MessageBody,
    to: Party,
    errors: FieldError[],
  ): Promise<Party | null> {
    const { accounts, name } = await this.surroundingsOf(workspaceId);
    const carriers = carriersTo(to, accounts);
    if (from !== undefined) {
      const party = readParty(from, 'from', errors);
      if (party) checkFrom(party, typeof from === 'string' ? 'from' : 'from.address', carriers, errors);
      return party;
    }
    const party = defaultFrom(name, carriers);
    if (!party) {
      const message = 'Say who it is from: no SMTP account has an address as its login that could stand in.';
      errors.push({ property: 'from', code: 'FROM_REQUIRED', message });
    }
    return party;
  }

  private async readContent(
    workspaceId: string,
    body: MessageBody,
    errors: FieldError[],
  ): Promise<{ id: string; subject: string } | null> {
    const own = CONTENT_PARTS.filter((part) => body[part] !== undefined);
    const { templateId } = body;
    if (templateId && own.length > 0) {
      const message = 'Give a template or the content itself, not both.';
      errors.push(...own.map((property) => ({ property, code: 'TEMPLATE_AND_CONTENT', message })));
      return null;
    }
    const source = templateId ? await findTemplateContent(this.db, workspaceId, templateId) : contentOf(body);
    if (!source) {
      const message = `There is no template ${templateId} in this workspace.`;
      errors.push({ property: 'templateId', code: 'TEMPLATE_UNKNOWN', message });
      return null;
    }
    const problems: FieldError[] = [];
    if (!source.subject.trim()) {
      problems.push({ property: 'subject', code: 'SUBJECT_EMPTY', message: 'A message needs a subject.' });
    }
    const id = await this.contents.store(this.db, workspaceId, source, problems);
    errors.push(...problems.map((problem) => (templateId ? { ...problem, property: 'templateId' } : problem)));
    return id && problems.length === 0 ? { id, subject: source.subject } : null;
  }

  private async surroundingsOf(workspaceId: string): Promise<{ accounts: SendingAccount[]; name: string }> {
    const known = this.surroundings.get(workspaceId);
    if (known && performance.now() - known.at < ACCOUNTS_MS) return known;
    const accounts = await this.loader.load(this.db, workspaceId);
    const row = await this.db.first<{ name: string }>('SELECT name FROM workspaces WHERE id = $1', [workspaceId]);
    if (this.surroundings.size >= 1_000) this.surroundings.clear();
    const fresh = { at: performance.now(), accounts, name: row?.name ?? '' };
    this.surroundings.set(workspaceId, fresh);
    return fresh;
  }
}

function contentOf({ subject, preheader, html, mjml, text }: MessageBody): ContentBody {
  return {
    subject: subject ?? '',
    preheader: preheader ?? null,
    html: html ?? null,
    mjml: mjml ?? null,
    text: text ?? null,
    document: null,
  };
}

function refused(errors: FieldError[]): DomainError {
  return new DomainError('VALIDATION_FAILED', errors.map(({ message }) => message).join(' '), {
    errors,
    help: 'Mend the named fields and send the request again; nothing was stored.',
  });
}
