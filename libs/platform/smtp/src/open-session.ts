import type { SendOutcome } from '#contracts';
import type { MailSession } from './mail-session.js';
import { openWire, unreachable } from './open.js';
import type { OpenFailure } from './open.js';
import { PipelinedSession } from './pipelined-session.js';
import { SmtpSession } from './session.js';
import type { SmtpTarget } from './target.js';

export type OpenedSession =
  { ok: true; session: MailSession } | { ok: false; outcome: SendOutcome; failure: OpenFailure };

/**
 * Connects and picks the way of speaking by what the server offers: in groups where it has PIPELINING, else command by
 * command. Never throws for what a server or the network does; the failure names the step and the cause.
 */
export async function openSession(target: SmtpTarget): Promise<OpenedSession> {
  const opened = await openWire(target);
  if (!opened.ok) return { ok: false, outcome: unreachable(opened.failure), failure: opened.failure };
  const { wire } = opened;
  if (!wire.extensions.has('PIPELINING')) return { ok: true, session: new SmtpSession(wire, target) };
  return { ok: true, session: new PipelinedSession(wire.detach(), wire.extensions, target.timeouts) };
}
