import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import { deleteOldIdempotencyKeys } from './idempotency.repository.js';
import { deleteOldResets } from './password-reset.repository.js';
import { deleteExpiredSessions } from './session.repository.js';

/** Removes what has expired: it no longer counts, so this is for room only and may run at any time. */
@Injectable()
export class CleanUpService {
  constructor(@Inject(Database) private readonly db: Database) {}

  async run(): Promise<void> {
    await deleteExpiredSessions(this.db);
    await deleteOldResets(this.db);
    await deleteOldIdempotencyKeys(this.db);
  }
}
