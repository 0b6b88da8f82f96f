import { releaseMailboxClaim, showMailboxState } from '#domain/senders';
import type { ClaimedMailbox } from '#domain/senders';
import { readImap } from './imap-reader.js';
import { collectPop3 } from './pop3-reader.js';
import type { ReadEnd, ReaderTools } from './reading.js';
import { restSeconds } from './rest.js';

/**
 * Reads one claimed mailbox until the connection or the lease ends. Mail is stored and committed together with the note
 * of where the reading stands, and only then anything is done at the source; so a kill anywhere reads on where it was.
 */
export async function readMailbox(tools: ReaderTools, mailbox: ClaimedMailbox): Promise<void> {
  const { db } = tools;
  await showMailboxState(db, mailbox, 'connecting');
  const end = await read(tools, mailbox).catch((error: unknown): ReadEnd => ({
    failure: { diagnosis: 'unknown', detail: (error as Error).message },
  }));
  if (!end.failure) {
    await releaseMailboxClaim(db, mailbox, tools.stopping() ? 0 : end.againSeconds, null);
    return;
  }
  const { diagnosis, detail } = end.failure;
  const error = `${diagnosis}: ${detail}`;
  const rest = restSeconds(diagnosis, mailbox.failures, Math.random());
  if (await releaseMailboxClaim(db, mailbox, rest, error)) tools.alarm(mailbox, error);
}

async function read(tools: ReaderTools, mailbox: ClaimedMailbox): Promise<ReadEnd> {
  const login = await tools.login(mailbox);
  if (!login.ok) return { failure: login };
  const { target } = login;
  return (mailbox.protocol === 'pop3' ? collectPop3 : readImap)(tools, { ...mailbox, target });
}
