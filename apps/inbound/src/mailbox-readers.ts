import type { Logger } from '#platform/logging';
import type { MailboxLoader } from '#domain/senders';
import { readMailbox } from './mailbox-reader.js';
import { LEASE_SECONDS } from './reading.js';
import type { ReaderTools } from './reading.js';
import { startSweep } from './sweep.js';

/** Mailboxes claimed at once. */
const CLAIM_LIMIT = 20;

/**
 * Reads every enabled mailbox that no other process reads, one connection each.
 * @param owner the application name of this process at Postgres, no other's
 */
export function startMailboxReaders(
  tools: Omit<ReaderTools, 'stopping' | 'alarm' | 'login'>,
  loader: MailboxLoader,
  owner: string,
  log: Logger,
): { stop(): Promise<void> } {
  const running = new Set<Promise<void>>();
  let stopping = false;
  const login: ReaderTools['login'] = (mailbox) => loader.login(tools.db, mailbox);
  const alarm: ReaderTools['alarm'] = ({ id, name }, error) =>
    log.warn({ mailbox: id, name, error }, 'mailbox failing');
  const sweep = startSweep(log, async () => {
    for (const mailbox of await loader.claim(tools.db, owner, LEASE_SECONDS, CLAIM_LIMIT)) {
      const reader = readMailbox({ ...tools, login, alarm, stopping: () => stopping }, mailbox)
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
