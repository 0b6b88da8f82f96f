import { randomUUID } from 'node:crypto';
import type { Logger } from '#platform/logging';
import type { MailboxLoader } from '#domain/senders';
import { LEASE_SECONDS, readMailbox } from './mailbox-reader.js';
import type { ReaderTools } from './mailbox-reader.js';
import { startSweep } from './sweep.js';

/** Mailboxes claimed at once. */
const CLAIM_LIMIT = 20;

/** Reads every enabled mailbox that no other process reads, one connection each. */
export function startMailboxReaders(
  tools: Omit<ReaderTools, 'stopping'>,
  loader: MailboxLoader,
  log: Logger,
): { stop(): Promise<void> } {
  const owner = randomUUID();
  const running = new Set<Promise<void>>();
  let stopping = false;
  const sweep = startSweep(log, async () => {
    for (const mailbox of await loader.claim(tools.db, owner, LEASE_SECONDS, CLAIM_LIMIT)) {
      const reader = readMailbox({ ...tools, stopping: () => stopping }, mailbox)
        .catch((error: unknown) => log.warn({ err: error, mailbox: mailbox.id }, 'mailbox reader'))
        .finally(() => running.delete(reader));
      running.add(reader);
    }
  });
  return {
    async stop() {
      stopping = true;
      await sweep.stop();
      await Promise.all(running);
    },
  };
}
