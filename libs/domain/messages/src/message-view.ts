import type { z } from 'zod';
import type { Message, MessageSummary } from '#contracts';
import type { MessageRow } from './message.repository.js';

/** A message as the log's list shows it. */
export function toSummary(row: MessageRow): z.infer<typeof MessageSummary> {
  const { id, to, from, subject, status, skipReason, detail, tags } = row;
  const waits = status === 'pending' && (row.attempts.length > 0 || detail !== '');
  return {
    ...{ id, to, from, subject, status, skipReason, detail, tags },
    createdAt: row.createdAt.toISOString(),
    acceptedAt: row.acceptedAt?.toISOString() ?? null,
    bouncedAt: row.bouncedAt?.toISOString() ?? null,
    retryAt: waits ? row.readyAt.toISOString() : null,
  };
}

/** The same with everything that happened to it. */
export function toDetail(
  row: MessageRow,
  attachments: z.infer<typeof Message>['attachments'],
): z.infer<typeof Message> {
  const { toName, fromName, replyTo, templateId, bounceKind, bounceReason, bounceDetail } = row;
  return {
    ...toSummary(row),
    ...{ toName, fromName, replyTo, templateId, bounceKind, bounceReason, bounceDetail },
    attachments,
    attempts: row.attempts.map(({ at, smtpAccountId, kind, code, enhanced, text }) => ({
      ...{ at, smtpAccountId, kind, text },
      code: code ?? null,
      enhanced: enhanced ?? null,
    })),
    deadlineAt: row.deadlineAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    complainedAt: row.complainedAt?.toISOString() ?? null,
  };
}
