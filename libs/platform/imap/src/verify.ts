import type { VerifyStep } from '#contracts';
import { peek } from '#platform/egress';
import { openMailbox } from './mailbox.js';
import type { ImapMailbox } from './mailbox.js';
import type { ImapFailure, ImapTarget, ImapTimeouts } from './target.js';

/** Time-outs of a test that a person waits for. */
export const IMAP_VERIFY_TIMEOUTS: ImapTimeouts = {
  connect: 10_000,
  greeting: 10_000,
  command: 15_000,
  idle: { min: 15_000, max: 15_000 },
  probe: 15_000,
  poll: 15_000,
};

/**
 * Tries a mailbox step by step: name, connection, TLS, greeting, login, folders. The first failure names its cause and
 * ends the walk. Nothing is changed in the mailbox.
 * @param peekMs how long a silent or odd port is looked at more closely
 */
export async function verifyMailbox(
  target: ImapTarget,
  folders: readonly string[],
  peekMs = 3_000,
): Promise<VerifyStep[]> {
  const steps: VerifyStep[] = [];
  const passed = (name: VerifyStep['name'], detail: string) => steps.push({ name, ok: true, diagnosis: 'ok', detail });
  const failed = ({ step, ...rest }: ImapFailure) => [...steps, { name: step, ok: false, ...rest }];

  const reached = await reach(target, passed);
  if (reached) return failed(await lookCloser(target, reached, peekMs));
  const opened = await openMailbox(target);
  if (!opened.ok) {
    const failure = await lookCloser(target, opened.failure, peekMs);
    if (failure.step === 'auth') passed('greeting', 'IMAP');
    return failed(failure);
  }
  const { mailbox } = opened;
  try {
    passed('greeting', 'IMAP');
    if (target.security === 'starttls') passed('tls', 'STARTTLS');
    passed('auth', target.auth.user);
    const missing = await checkFolders(mailbox, folders, passed);
    return missing ? failed(missing) : steps;
  } catch (error) {
    return failed({ step: 'folders', diagnosis: 'service-unavailable', detail: (error as Error).message });
  } finally {
    await mailbox.close();
  }
}

type Passed = (name: VerifyStep['name'], detail: string) => void;

/** Name, connection and TLS on a connection of their own, so that each failure is exactly the step it belongs to. */
async function reach(target: ImapTarget, passed: Passed): Promise<ImapFailure | null> {
  const { egress, host, port, security, timeouts } = target;
  const of = (step: VerifyStep['name'], { diagnosis, detail }: Pick<ImapFailure, 'diagnosis' | 'detail'>) =>
    ({ step, diagnosis, detail }) as const;
  const resolved = await egress.resolve(host, timeouts.connect);
  if (!resolved.ok) return of('resolve', resolved);
  passed('resolve', resolved.addresses.join(', '));
  const dialed = await egress.dial(resolved.addresses, port, timeouts.connect);
  if (!dialed.ok) return of('connect', dialed);
  passed('connect', `${dialed.socket.remoteAddress ?? ''}:${port}`);
  if (security === 'tls') {
    const secured = await egress.secure(dialed.socket, host, timeouts.connect);
    if (!secured.ok) return of('tls', secured);
    passed('tls', secured.socket.getProtocol() ?? 'TLS');
    secured.socket.destroy();
  }
  dialed.socket.destroy();
  return null;
}

/** @returns what is wrong with the first folder that can't be opened */
async function checkFolders(
  mailbox: ImapMailbox,
  folders: readonly string[],
  passed: Passed,
): Promise<ImapFailure | null> {
  const counts: string[] = [];
  for (const folder of await mailbox.named(folders)) {
    const selected = await mailbox.select(folder);
    if (!selected.ok) {
      const { failure } = selected;
      if (failure.diagnosis !== 'folder-not-found') return failure;
      const there = (await mailbox.folders()).filter(({ selectable }) => selectable).map(({ path }) => path);
      const detail = `${folder}: ${failure.detail}. Folders: ${there.slice(0, 50).join(', ')}`;
      return { ...failure, detail: detail.slice(0, 1_000) };
    }
    counts.push(`${folder}: ${selected.messages}`);
  }
  passed('folders', counts.join(', '));
  return null;
}

/** What listens there, when it did not greet as an IMAP server does. */
async function lookCloser(target: ImapTarget, failure: ImapFailure, waitMs: number): Promise<ImapFailure> {
  if (failure.step !== 'greeting' && failure.diagnosis !== 'tls-on-plain-port') return failure;
  const { egress, host, port } = target;
  const encrypted = failure.step === 'greeting' && target.security === 'tls';
  const { speaks, line } = await peek(egress, { host, port, encrypted }, waitMs);
  if (speaks === 'tls') return { ...failure, diagnosis: 'plain-on-tls-port' };
  // Who sends us away says why, which the client does not hand on.
  const sentAway = speaks === 'imap' ? /^\* BYE (.+)/i.exec(line)?.[1] : undefined;
  if (sentAway) return { ...failure, diagnosis: 'service-unavailable', detail: sentAway.trim() };
  if (speaks === 'imap' || speaks === 'silent') return failure;
  return { ...failure, diagnosis: 'not-the-protocol', detail: line };
}
