import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '#contracts';
import { Vault } from '#platform/crypto';
import { Database } from '#platform/database';
import {
  claimIdempotencyKey,
  findIdempotencyKey,
  releaseIdempotencyKey,
  storeAnswer,
} from './idempotency.repository.js';

/** What a request answered, as it is kept for a replay. */
export interface StoredAnswer {
  status: number;
  body: unknown;
}

/**
 * First answers by `Idempotency-Key`, kept for 24 hours. They are sealed, because an answer may hold what is shown only
 * once (a new API key).
 */
@Injectable()
export class IdempotencyService {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /**
   * Claims the key: null means "you are the first, do it", an answer means "replay this".
   * @param request all that makes two requests the same: method, path, body
   * @throws DomainError IDEMPOTENCY_KEY_REUSED for another request, IDEMPOTENCY_IN_PROGRESS while the first one runs
   */
  async claim(workspaceId: string, key: string, request: string): Promise<StoredAnswer | null> {
    const requestHash = this.digest(request);
    // Twice: the first owner may give the key back between the two statements.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      if (await claimIdempotencyKey(this.db, workspaceId, key, requestHash)) return null;
      const row = await findIdempotencyKey(this.db, workspaceId, key);
      if (!row) continue;
      if (!row.request_hash.equals(requestHash)) throw reused();
      if (row.status === null || row.answer === null) throw inProgress();
      const body = this.vault.open(Buffer.from(row.answer.sealed, 'base64'), sealName(workspaceId, key));
      return { status: row.status, body: JSON.parse(body) };
    }
    throw inProgress();
  }

  async keep(workspaceId: string, key: string, answer: StoredAnswer): Promise<void> {
    const sealed = this.vault.seal(JSON.stringify(answer.body ?? null), sealName(workspaceId, key));
    await storeAnswer(this.db, workspaceId, key, answer.status, sealed.toString('base64'));
  }

  /** Gives the key back after a failure of ours, so that the caller may try again. */
  release(workspaceId: string, key: string): Promise<void> {
    return releaseIdempotencyKey(this.db, workspaceId, key);
  }

  /** Keyed, since a body may hold a password that a plain hash would let one guess. */
  private digest(request: string): Buffer {
    const { current, keys } = this.vault.tokenKeys;
    return createHmac('sha256', keys.get(current)!).update('idempotency').update(request).digest();
  }
}

function sealName(workspaceId: string, key: string): string {
  return `idempotency_keys:${workspaceId}:${key}`;
}

function reused(): DomainError {
  return new DomainError('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for a different request.', {
    help: 'Make a new key for each new request.',
  });
}

function inProgress(): DomainError {
  return new DomainError('IDEMPOTENCY_IN_PROGRESS', 'A request with this Idempotency-Key has not ended.', {
    help: 'Ask again shortly. If it stays so, the first request was cut off: look whether it took effect.',
  });
}
