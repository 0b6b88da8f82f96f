import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, notFound } from '#contracts';
import type { AnswerBody } from '#contracts';
import { Database } from '#platform/database';
import type { Sql } from '#platform/database';
import { MessagesService, PersonalAnswers } from '#domain/messages';
import type { PersonalAnswer } from '#domain/messages';
import { audit } from '#domain/workspaces';
import type { RequestContext } from '#domain/workspaces';
import { findAnswer, findAnswerSource, findLastAnswerId, insertAnswer, resendAnswerAs } from './answer.repository.js';
import { userOf } from './replies.service.js';
import { stateOf } from './reply-view.js';
import { findThread, updateThread } from './thread.repository.js';
import type { ThreadRow } from './thread.repository.js';
import { answerSubject, threadingOf } from './threading.js';

/** Answers to what people wrote: stored with the message they leave as, so that none is lost and none sent twice. */
@Injectable()
export class AnswersService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(PersonalAnswers) private readonly letters: PersonalAnswers,
    @Inject(MessagesService) private readonly messages: MessagesService,
  ) {}

  /**
   * @throws DomainError NOT_FOUND, VALIDATION_FAILED where no account may send it, ANSWERED_MEANWHILE where there is an
   * answer its writer has not seen
   */
  async answer(ctx: RequestContext, threadId: string, body: z.output<typeof AnswerBody>): Promise<void> {
    const { text, done, lastAnswerId } = body;
    const messageId = await this.db.transaction(async (tx) => {
      const thread = await this.find(tx, ctx, threadId);
      if (lastAnswerId !== undefined && lastAnswerId !== (await findLastAnswerId(tx, threadId))) {
        throw new DomainError('ANSWERED_MEANWHILE', 'Somebody has answered this thread since you read it.', {
          help: 'Read it again; to send yours all the same, name the last answer there is.',
        });
      }
      const { replyMailId, letter } = await letterOf(tx, thread, text);
      const id = await this.letters.store(tx, ctx.workspaceId, letter);
      await insertAnswer(tx, { threadId, replyMailId, userId: userOf(ctx), messageId: id, text });
      const { assigneeId, note } = thread;
      await updateThread(tx, threadId, { state: done ? 'done' : 'open', assigneeId, note });
      await audit(tx, ctx, 'reply.answered', `reply:${threadId}`, null, { messageId: id });
      return id;
    });
    this.letters.wake(messageId);
  }

  /**
   * Sends an answer that failed once more. One whose fate is not known leaves under the Message-ID it had, so that who
   * did get it can recognise the second.
   * @throws DomainError NOT_FOUND, ANSWER_NOT_FAILED
   */
  async retry(ctx: RequestContext, threadId: string, answerId: string): Promise<void> {
    const wake = await this.db.transaction(async (tx): Promise<{ settle: string } | { send: string }> => {
      const thread = await this.find(tx, ctx, threadId);
      const answer = await findAnswer(tx, threadId, answerId);
      if (!answer) throw notFound('answer', answerId);
      const { state } = stateOf(answer);
      if (state === 'uncertain') return { settle: answer.messageId! };
      if (state !== 'failed') {
        throw new DomainError('ANSWER_NOT_FAILED', `The answer is ${state}; there is nothing to send again.`);
      }
      const { letter } = await letterOf(tx, thread, answer.text);
      const id = await this.letters.store(tx, ctx.workspaceId, letter);
      await resendAnswerAs(tx, answerId, id);
      await audit(
        tx,
        ctx,
        'reply.answer-retried',
        `reply:${threadId}`,
        { messageId: answer.messageId },
        { messageId: id },
      );
      return { send: id };
    });
    if ('settle' in wake) await this.messages.settle(ctx, wake.settle, 'resend');
    else this.letters.wake(wake.send);
  }

  /** Held until the transaction ends: two clicks at once are one after the other. */
  private async find(sql: Sql, ctx: RequestContext, id: string): Promise<ThreadRow> {
    const thread = await findThread(sql, ctx.workspaceId, id, true);
    if (!thread) throw notFound('thread', id);
    return thread;
  }
}

async function letterOf(
  sql: Sql,
  { id, address, name }: ThreadRow,
  text: string,
): Promise<{ replyMailId: string; letter: PersonalAnswer }> {
  const source = await findAnswerSource(sql, id);
  if (!source) throw notFound('mail to answer in thread', id);
  const { senderName, senderAddress, mailboxUser, replyTo, smtpAccountId } = source;
  const from = [senderAddress, mailboxUser ?? ''].filter((each) => each.includes('@'));
  return {
    replyMailId: source.replyMailId,
    letter: {
      // Who replied from another address than the one we wrote to is answered there.
      to: { address: source.fromAddress || address, name },
      from: from.map((each) => ({ address: each, name: senderName })),
      ...{ replyTo, smtpAccountId, text },
      subject: answerSubject(source.subject),
      ...threadingOf(source.raw),
    },
  };
}
