import type { z } from 'zod';
import type { Recipient } from '#contracts';
import type { Sql } from '#platform/database';
import { csvLine } from '#domain/contacts';
import { eachRecipient } from './recipients.js';
import type { RecipientFilter } from './recipients.js';

type View = z.infer<typeof Recipient>;

const COLUMNS: ReadonlyArray<[string, (recipient: View) => string | null]> = [
  ['email', (r) => r.email],
  ['name', (r) => r.name],
  ['provider', (r) => r.provider],
  ['status', (r) => r.status ?? (r.exclusion ? 'excluded' : null)],
  ['exclusion', (r) => r.exclusion],
  ['accepted_at', (r) => r.acceptedAt],
  ['bounced_at', (r) => r.bouncedAt],
  ['bounce_kind', (r) => r.bounceKind],
  ['bounce_reason', (r) => r.bounceReason],
  ['opened_at', (r) => r.openedAt],
  ['clicked_at', (r) => r.clickedAt],
  ['replied_at', (r) => r.repliedAt],
  ['unsubscribed_at', (r) => r.unsubscribedAt],
  ['complained_at', (r) => r.complainedAt],
  ['attempts', (r) => String(r.attempts.length)],
  ['last_answer', (r) => lastAnswer(r)],
];

/** Characters are collected to pieces of this size: a write per line would be a packet per line. */
const PIECE = 64 * 1024;

/** The recipients as CSV in UTF-8, with the mark by which Excel knows it; formulas are made harmless. */
export async function* recipientsCsv(sql: Sql, campaignId: string, filter: RecipientFilter): AsyncGenerator<string> {
  let piece = `\ufeff${csvLine(COLUMNS.map(([name]) => name))}`;
  for await (const recipient of eachRecipient(sql, campaignId, filter)) {
    piece += csvLine(recipientCells(recipient));
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/**
 * What the columns say of one recipient.
 * @param say words a cell that is not empty, by the name of its column in the CSV; without it cells are as the API has them
 */
export function recipientCells(recipient: View, say = (_column: string, text: string) => text): string[] {
  return COLUMNS.map(([name, cell]) => {
    const text = cell(recipient);
    return text ? say(name, text) : '';
  });
}

function lastAnswer({ attempts }: View): string {
  const last = attempts.at(-1);
  return last ? [last.code, last.enhanced, last.text].filter(Boolean).join(' ') : '';
}
