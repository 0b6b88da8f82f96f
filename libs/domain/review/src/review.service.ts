import { Inject, Injectable } from '@nestjs/common';
import { DomainError, UNRECOGNISED, invalid, notFound } from '#contracts';
import type { InboundReview, VerdictBody } from '#contracts';
import { proposePhrase } from '#engine/bounce-rules';
import { Database } from '#platform/database';
import type { Sql } from '#platform/database';
import { InboundService, findTokenSubjects } from '#domain/feedback';
import { actorLabel, audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { act } from './act.js';
import { findCandidates } from './candidates.js';
import { causeOf, guessOf } from './guess.js';
import { findPersonEvidence } from './person-evidence.js';
import {
  countWaiting,
  deleteVerdict,
  findReviewMail,
  findVerdict,
  insertVerdict,
  takeDueVerdicts,
} from './verdict.repository.js';
import type { ReviewMail, VerdictRow } from './verdict.repository.js';

/** Counted no further: the menu says 999+. */
const MOST_COUNTED = 1_000;
const WORDS = 4_000;

/** What no program could judge, and what people decide about it. */
@Injectable()
export class ReviewService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(InboundService) private readonly inbound: InboundService,
  ) {}

  countWaiting(ctx: RequestContext): Promise<number> {
    return countWaiting(this.db, ctx.workspaceId, MOST_COUNTED);
  }

  /** @throws DomainError NOT_FOUND */
  async get(ctx: RequestContext, id: string): Promise<InboundReview> {
    const mail = await this.find(this.db, ctx, id);
    const { text } = await this.inbound.content(ctx, id);
    const words = text.slice(0, WORDS);
    const candidates = await findCandidates(this.db, ctx.workspaceId, mail);
    const verdict = await findVerdict(this.db, ctx.workspaceId, id);
    const person = isKnown(mail) ? [] : await findPersonEvidence(this.db, ctx.workspaceId, mail, words);
    const {
      recipients: _recipients,
      visibleReply: _reply,
      awayUntil: _until,
      size: _size,
      ...message
    } = await this.inbound.get(ctx, id);
    return {
      message,
      cause: causeOf(mail.status, mail.summary),
      words,
      guess: guessOf(mail.verdict, words, candidates, person),
      candidates,
      verdict: verdict ? toView(verdict) : null,
      proposal: proposePhrase(words),
    };
  }

  /**
   * Decides about a mail that waits. The same verdict again changes nothing.
   * @throws DomainError NOT_FOUND, MAIL_NOT_IN_REVIEW, VALIDATION_FAILED at `reason` or `recipient`
   */
  async decide(ctx: RequestContext, id: string, body: VerdictBody): Promise<InboundReview> {
    await this.db.transaction(async (tx) => {
      const mail = await this.find(tx, ctx, id, true);
      const before = await findVerdict(tx, ctx.workspaceId, id);
      if (before && isSame(before, body)) return;
      if (before || (mail.status !== 'review' && mail.status !== 'quarantined')) throw notInReview(mail);
      await check(tx, ctx, body);
      const { kind, reason, recipient, undoSeconds } = body;
      const { workspaceId } = ctx;
      await insertVerdict(tx, { workspaceId, id, kind, reason, recipient, actor: actorLabel(ctx.actor), undoSeconds });
      await audit(tx, ctx, 'inbound.verdict', `inbound:${id}`, { status: mail.status }, { kind, reason, recipient });
      if (undoSeconds === 0) for (const due of await takeDueVerdicts(tx, 1, id)) await act(tx, due);
    });
    return this.get(ctx, id);
  }

  /** Takes a verdict back. @throws DomainError NOT_FOUND, VERDICT_HAS_ACTED */
  async undo(ctx: RequestContext, id: string): Promise<InboundReview> {
    await this.db.transaction(async (tx) => {
      await this.find(tx, ctx, id, true);
      const before = await findVerdict(tx, ctx.workspaceId, id);
      if (!before) return;
      if (!(await deleteVerdict(tx, ctx.workspaceId, id))) {
        throw new DomainError('VERDICT_HAS_ACTED', 'The verdict has acted and can no longer be taken back.', {
          help: 'Lift the suppression or subscribe the contact again where it should not have been touched.',
        });
      }
      await audit(tx, ctx, 'inbound.verdict-undone', `inbound:${id}`, toView(before), null);
    });
    return this.get(ctx, id);
  }

  private async find(sql: Sql, ctx: RequestContext, id: string, lock = false): Promise<ReviewMail> {
    const mail = await findReviewMail(sql, ctx.workspaceId, id, lock);
    if (!mail) throw notFound('inbound message', id);
    return mail;
  }
}

async function check(sql: Sql, ctx: RequestContext, { kind, reason, recipient }: VerdictBody): Promise<void> {
  if (kind === 'bounce' && recipient && !reason) {
    throw invalid('reason', 'REASON_REQUIRED', 'Say why it bounced: what happens to the recipient follows from it.');
  }
  if (!recipient) return;
  const [subject] = (await findTokenSubjects(sql, [recipient])).values();
  if (subject?.workspaceId !== ctx.workspaceId) {
    throw invalid('recipient', 'RECIPIENT_UNKNOWN', 'No campaign of this workspace has such a recipient.');
  }
}

/** The engine knows what it is. */
function isKnown({ verdict }: ReviewMail): boolean {
  return verdict !== null && (verdict.kind !== 'other' || verdict.rule !== UNRECOGNISED);
}

function isSame(row: VerdictRow, { kind, reason, recipient }: VerdictBody): boolean {
  const same = row.campaignId === (recipient?.campaignId ?? null) && row.seq === (recipient?.seq ?? null);
  return same && row.kind === kind && row.reason === reason;
}

function notInReview({ id, status }: ReviewMail): DomainError {
  return new DomainError('MAIL_NOT_IN_REVIEW', `The mail ${id} does not wait for a verdict: it is ${status}.`, {
    help: 'Only mail in the review queue can be decided about, and only once.',
  });
}

function toView({ kind, reason, campaignId, seq, actsAt, actedAt }: VerdictRow): NonNullable<InboundReview['verdict']> {
  const recipient = campaignId !== null && seq !== null ? { campaignId, seq } : null;
  return { kind, reason, recipient, actsAt: actsAt.toISOString(), actedAt: actedAt?.toISOString() ?? null };
}
