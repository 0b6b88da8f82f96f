import type { z } from 'zod';
import type { ReplyThread, ReplyThreadSummary } from '#contracts';
import type { AnswerRow } from './answer.repository.js';
import type { MailRow, ThreadRow } from './thread.repository.js';

export function toSummary(row: ThreadRow): z.infer<typeof ReplyThreadSummary> {
  const { id, address, name, contactId, campaignId, campaignName, subject, preview, kind, state, unread } = row;
  const { assigneeId, assigneeName } = row;
  return {
    ...{ id, address, name, contactId, campaignId, campaignName, subject, preview, kind, state, unread },
    assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? '' },
    lastAt: row.lastAt.toISOString(),
  };
}

export function toMailView({ at, readAt, ...row }: MailRow): ReplyThread['mails'][number] {
  return { ...row, at: at.toISOString(), readAt: readAt?.toISOString() ?? null };
}

type AnswerView = ReplyThread['answers'][number];

export function toAnswerView(row: AnswerRow): AnswerView {
  const { id, at, userId, userName, text, messageId } = row;
  return {
    ...{ id, text, messageId },
    at: at.toISOString(),
    by: userId === null ? null : { id: userId, name: userName ?? '' },
    ...stateOf(row),
  };
}

/** How far an answer is, from the message it left as. */
export function stateOf(row: AnswerRow): Pick<AnswerView, 'state' | 'detail'> {
  switch (row.status) {
    case 'pending':
      return { state: 'sending', detail: row.detail || (row.lastWords ?? '') };
    case 'rejected':
    case 'expired':
      return { state: 'failed', detail: row.lastWords ?? row.detail };
    case 'skipped':
      return { state: 'failed', detail: row.detail || (row.skipReason ?? '') };
    case 'uncertain':
      return { state: 'uncertain', detail: row.lastWords ?? '' };
    default:
      return { state: 'sent', detail: '' };
  }
}
