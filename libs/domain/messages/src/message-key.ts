import { createHmac } from 'node:crypto';
import { DomainError } from '#contracts';
import type { MessageBody } from '#contracts';
import type { KeyRing } from '#engine/token';
import type { Sql } from '#platform/database';
import { findMessageByKey } from './message.repository.js';
import type { MessageRow } from './message.repository.js';

/** The key a program gave its request, and what the request was. */
export interface RequestKey {
  key: string;
  hash: Buffer;
}

/** Keyed, since a body may hold a code that a plain hash would let one guess. */
export function requestKey(key: string, body: MessageBody, { current, keys }: KeyRing): RequestKey {
  const hash = createHmac('sha256', keys.get(current)!).update('message').update(JSON.stringify(body)).digest();
  return { key, hash };
}

/**
 * The message that an earlier request under this key made in the last 24 hours; an older one gives the key free.
 * @throws DomainError IDEMPOTENCY_KEY_REUSED where that request was another
 */
export async function findEarlier(
  sql: Sql,
  workspaceId: string,
  { key, hash }: RequestKey,
): Promise<MessageRow | undefined> {
  const earlier = await findMessageByKey(sql, workspaceId, key);
  if (!earlier) return undefined;
  if (earlier.expired) {
    await sql.run('UPDATE messages SET idempotency_key = NULL WHERE id = $1', [earlier.id]);
    return undefined;
  }
  if (earlier.requestHash.equals(hash)) return earlier;
  throw new DomainError('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for a different request.', {
    help: 'Make a new key for each new request.',
  });
}

/** What the first request was answered: the message as it was stored, before anything happened to it. */
export function asStored(row: MessageRow): MessageRow {
  const suppressed = row.skipReason === 'suppressed' && row.finishedAt?.getTime() === row.createdAt.getTime();
  if (suppressed) return row;
  const untouched = { acceptedAt: null, bouncedAt: null, finishedAt: null, skipReason: null, attempts: [], detail: '' };
  return { ...row, ...untouched, status: 'pending' };
}
