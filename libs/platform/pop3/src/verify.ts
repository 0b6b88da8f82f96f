import type { VerifyStep } from '#contracts';
import { peek } from '#platform/egress';
import { openPop3 } from './open.js';
import type { Pop3Failure, Pop3Target } from './target.js';

/**
 * Tries a mailbox step by step: name, connection, TLS, greeting, login, number of mails. The first failure names its
 * cause and ends the walk. Nothing is changed in the mailbox.
 * @param peekMs how long a silent or odd port is looked at more closely
 */
export async function verifyPop3(target: Pop3Target, peekMs = 3_000): Promise<VerifyStep[]> {
  const steps: VerifyStep[] = [];
  const opened = await openPop3(target, (name, detail) => steps.push({ name, ok: true, diagnosis: 'ok', detail }));
  if (!opened.ok) {
    const { step, diagnosis, detail } = await lookCloser(target, opened.failure, peekMs);
    return [...steps, { name: step, ok: false, diagnosis, detail }];
  }
  const { mailbox } = opened;
  try {
    steps.push({ name: 'folders', ok: true, diagnosis: 'ok', detail: String(await mailbox.count()) });
    await mailbox.quit();
  } catch (error) {
    const detail = (error as Error).message;
    steps.push({ name: 'folders', ok: false, diagnosis: 'service-unavailable', detail });
  } finally {
    mailbox.close();
  }
  return steps;
}

/** What listens there, when it did not greet as a POP3 server does. */
async function lookCloser(target: Pop3Target, failure: Pop3Failure, waitMs: number): Promise<Pop3Failure> {
  if (failure.step !== 'greeting' && failure.diagnosis !== 'tls-on-plain-port') return failure;
  const { egress, host, port } = target;
  const encrypted = failure.step === 'greeting' && target.security === 'tls';
  const { speaks, line } = await peek(egress, { host, port, encrypted }, waitMs);
  if (speaks === 'tls') return { ...failure, diagnosis: 'plain-on-tls-port' };
  if (speaks === 'pop3' || speaks === 'silent') return failure;
  return { ...failure, diagnosis: 'not-the-protocol', detail: line };
}
