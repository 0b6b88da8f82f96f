import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#contracts';
import type { FieldError } from '#contracts';
import { isReservedDomain } from '#engine/address';
import { providerOf } from '#engine/pace';
import { Database } from '#platform/database';
import type { Sql } from '#platform/database';
import { JobQueue } from '#platform/queue';
import { SendingAccountLoader } from '#domain/senders';
import { ContentCompiler } from '#domain/templates';
import { MessageContents } from './message-contents.js';
import { carriersTo, checkFrom, defaultFrom, readParty } from './message-parties.js';
import type { Party } from './message-parties.js';
import { insertMessage } from './message.repository.js';

/** What a person has written to one person, in a thread. */
export interface PersonalAnswer {
  to: { address: string; name: string };
  /** Addresses it may be from, best first; the first that an account may send from is taken. */
  from: { address: string; name: string }[];
  replyTo: string | null;
  subject: string;
  text: string;
  /** With angle brackets. */
  inReplyTo: string | null;
  references: string[];
  /** The account that carried our own message; another one only where it may not send this. */
  smtpAccountId: string | null;
}

/** Stands where a message needs content: an answer has its own words, which are no template. */
const NO_TEMPLATE = { subject: '-', preheader: null, html: null, mjml: null, text: '-', document: null };

/** Answers of people leave by the lane of triggered mail: stored first, never lost, never doubled. */
@Injectable()
export class PersonalAnswers {
  private readonly contents: MessageContents;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(ContentCompiler) compiler: ContentCompiler,
    @Inject(SendingAccountLoader) private readonly loader: SendingAccountLoader,
  ) {
    this.contents = new MessageContents(compiler);
  }

  /**
   * Stores an answer in the caller's transaction; {@link wake} after its commit.
   * @returns id of the message it leaves as
   * @throws DomainError VALIDATION_FAILED where no account may send it
   */
  async store(sql: Sql, workspaceId: string, answer: PersonalAnswer): Promise<string> {
    const errors: FieldError[] = [];
    const to = readParty(answer.to, 'to', errors);
    if (!to) throw refused(errors);
    const carriers = carriersTo(to, await this.loader.load(this.db, workspaceId));
    const parties = answer.from.map((from) => readParty(from, 'from', [])).filter((party) => party !== null);
    const isAllowed = (party: Party) => {
      const problems: FieldError[] = [];
      checkFrom(party, 'from', carriers, problems);
      return problems.length === 0;
    };
    const from = parties.find(isAllowed) ?? defaultFrom(parties[0]?.name ?? '', carriers);
    if (!from) {
      if (parties[0]) checkFrom(parties[0], 'text', carriers, errors);
      else errors.push({ property: 'text', code: 'FROM_REQUIRED', message: 'No SMTP account can send this answer.' });
      throw refused(errors);
    }
    const contentId = await this.contents.store(this.db, workspaceId, NO_TEMPLATE, errors);
    if (!contentId) throw refused(errors);
    const own = carriers.filter(({ id, fromDomains }) => {
      return id === answer.smtpAccountId && (fromDomains.length === 0 || fromDomains.includes(from.domain));
    });
    const { subject, text, inReplyTo, references } = answer;
    const row = await insertMessage(sql, {
      ...{ workspaceId, to, from, contentId, subject },
      provider: providerOf(to.domain),
      reserved: isReservedDomain(to.domain),
      replyTo: answer.replyTo,
      templateId: null,
      data: {},
      tags: [],
      idempotency: null,
      answer: { text, inReplyTo, references, smtpAccounts: own.map(({ id }) => id) },
    });
    return row.id;
  }

  /** A hint that gets lost costs a fifth of a second. */
  wake(messageId: string): void {
    this.queue.add('message.ready', { messageId }).catch(() => undefined);
  }
}

function refused(errors: FieldError[]): DomainError {
  return new DomainError('VALIDATION_FAILED', errors.map(({ message }) => message).join(' '), {
    errors,
    help: 'Allow the domain at an SMTP account, then answer again; nothing was stored.',
  });
}
