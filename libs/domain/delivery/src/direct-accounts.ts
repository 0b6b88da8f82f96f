import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { Settings } from '#platform/config';
import { Database } from '#platform/database';
import { openSharedState } from '#platform/shared-state';
import type { SharedState } from '#platform/shared-state';
import { SendingAccountLoader } from '#domain/senders';
import { GUEST } from './senders-at-work.js';
import { SendingAccounts } from './sending-accounts.js';
import { TEST_LANE } from './test-leave.js';

/** The SMTP accounts for the few messages that a process which is no sender puts on the wire itself, one by one. */
@Injectable()
export class DirectAccounts implements OnModuleDestroy {
  /** Made at the first message. */
  private opened: { shared: SharedState; accounts: SendingAccounts } | undefined;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(Settings) private readonly settings: Settings,
    @Inject(SendingAccountLoader) private readonly loader: SendingAccountLoader,
  ) {}

  open(): SendingAccounts {
    if (!this.opened) {
      const shared = openSharedState(this.settings.get('QUEUE_URL'), this.db);
      this.opened = { shared, accounts: new SendingAccounts(this.db, shared, this.loader, GUEST, TEST_LANE) };
    }
    return this.opened.accounts;
  }

  async onModuleDestroy(): Promise<void> {
    await this.opened?.accounts.drain();
    await this.opened?.shared.close();
  }
}
