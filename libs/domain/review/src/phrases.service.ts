import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { invalid, notFound } from '#contracts';
import type { LearnedPhrase, LearnedPhraseBody, Page, PageQuery, PhrasePreview } from '#contracts';
import { PHRASES_MAX, PHRASE_LENGTH, tidyPhrase } from '#engine/bounce-rules';
import { Database, decodeIdCursor, toPage } from '#platform/database';
import { actorLabel, audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { LOOKED_AT, countHits, countLearned, deleteLearned, findLearned, insertLearned } from './phrase.repository.js';
import type { LearnedRow } from './phrase.repository.js';

type View = z.infer<typeof LearnedPhrase>;

/** What the classifier of a workspace has learned from people: literal words and what they mean. */
@Injectable()
export class PhrasesService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async list(ctx: RequestContext, query: PageQuery): Promise<Page<View>> {
    const page = { before: decodeIdCursor(query.cursor), limit: query.limit };
    const rows = await findLearned(this.db, ctx.workspaceId, page);
    const result: Page<View> = toPage(rows, query.limit, (row) => [row.id], toView);
    if (query.count) result.total = await countLearned(this.db, ctx.workspaceId);
    return result;
  }

  /** What a rule would have hit among the newest stored mails, and what they are taken for today. Changes nothing. */
  async preview(ctx: RequestContext, body: LearnedPhraseBody): Promise<z.infer<typeof PhrasePreview>> {
    const phrase = checked(body);
    const today = await countHits(this.db, ctx.workspaceId, phrase);
    return { phrase, hits: today.reduce((sum, { count }) => sum + count, 0), lookedAt: LOOKED_AT, today };
  }

  /** @throws DomainError VALIDATION_FAILED at `phrase` or `reason` */
  async add(ctx: RequestContext, body: LearnedPhraseBody): Promise<View> {
    const phrase = checked(body);
    const { workspaceId } = ctx;
    return this.db.transaction(async (tx) => {
      if ((await countLearned(tx, workspaceId)) >= PHRASES_MAX) {
        throw invalid('phrase', 'TOO_MANY', `A workspace has at most ${PHRASES_MAX} rules. Remove one first.`);
      }
      const { kind } = body;
      const reason = kind === 'bounce' ? body.reason : null;
      const row = await insertLearned(tx, { workspaceId, phrase, kind, reason, actor: actorLabel(ctx.actor) });
      if (!row) throw invalid('phrase', 'ALREADY_THERE', 'There is a rule for this phrase already. Remove it first.');
      await audit(tx, ctx, 'phrase.added', `phrase:${row.id}`, null, toView(row));
      return toView(row);
    });
  }

  /** @throws DomainError NOT_FOUND */
  async remove(ctx: RequestContext, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const row = await deleteLearned(tx, ctx.workspaceId, id);
      if (!row) throw notFound('rule', id);
      await audit(tx, ctx, 'phrase.removed', `phrase:${id}`, toView(row), null);
    });
  }
}

function checked({ phrase, kind, reason }: LearnedPhraseBody): string {
  const tidy = tidyPhrase(phrase);
  if (tidy.replace(/<>|[^\p{L}]/gu, '').length < PHRASE_LENGTH.min) {
    throw invalid('phrase', 'PHRASE_TOO_SHORT', `A phrase needs at least ${PHRASE_LENGTH.min} letters to be telling.`);
  }
  if (kind === 'bounce' && !reason) throw invalid('reason', 'REASON_REQUIRED', 'Say why such mail bounced.');
  return tidy;
}

function toView({ createdAt, ...row }: LearnedRow): View {
  return { ...row, createdAt: createdAt.toISOString() };
}
