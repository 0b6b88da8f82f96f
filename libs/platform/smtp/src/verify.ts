import type { Diagnosis, VerifyStep } from '#contracts';
import { peek } from '#platform/egress';
import { openWire } from './open.js';
import type { OpenFailure } from './open.js';
import type { SmtpReply } from './reply.js';
import type { SmtpTarget, SmtpTimeouts } from './target.js';
import type { Wire, WireResult } from './wire.js';

/** Time-outs of a test that a person waits for. */
export const VERIFY_TIMEOUTS: SmtpTimeouts = {
  connect: 10_000,
  greeting: 10_000,
  command: 15_000,
  dataStart: 15_000,
  bodyStall: 15_000,
  dataEnd: 15_000,
};

/**
 * Walks through everything a message needs except the message: name, connection, TLS, greeting, authentication, sender,
 * recipient. DATA is never said. Each step names its cause; the walk ends at the first that fails.
 * @param probe return path and recipient to ask for; null leaves these two steps out
 * @param peekMs how long a silent port is looked at more closely
 */
export async function verifySmtp(
  target: SmtpTarget,
  probe: { from: string; to: string } | null,
  peekMs = 3_000,
): Promise<VerifyStep[]> {
  const steps: VerifyStep[] = [];
  const opened = await openWire(target, (name, detail) => steps.push({ name, ok: true, diagnosis: 'ok', detail }));
  if (!opened.ok) {
    const { step, diagnosis, detail } = await lookCloser(target, opened.failure, peekMs);
    return [...steps, { name: step, ok: false, diagnosis, detail: withCode(opened.failure, detail) }];
  }
  if (probe) await probeEnvelope(opened.wire, target, probe, steps);
  await opened.wire.quit();
  return steps;
}

async function probeEnvelope(
  wire: Wire,
  target: SmtpTarget,
  probe: { from: string; to: string },
  steps: VerifyStep[],
): Promise<void> {
  const { command } = target.timeouts;
  const from = await wire.ask(`MAIL FROM:<${probe.from}>`, command);
  steps.push(step('from', from, diagnoseSender, `${probe.from}: `));
  if (!steps.at(-1)?.ok) return;
  const to = await wire.ask(`RCPT TO:<${probe.to}>`, command);
  steps.push(step('recipient', to, diagnoseRecipient, `${probe.to}: `));
  if (wire.alive) await wire.reset(command);
}

function step(
  name: VerifyStep['name'],
  result: WireResult<SmtpReply>,
  diagnose: (reply: SmtpReply) => Diagnosis,
  prefix: string,
): VerifyStep {
  if (!result.ok) {
    const diagnosis = result.failure.code === 'ETIMEDOUT' ? 'timed-out' : 'service-unavailable';
    return { name, ok: false, diagnosis, detail: result.failure.text };
  }
  const reply = result.value;
  const diagnosis = diagnose(reply);
  return { name, ok: diagnosis === 'ok', diagnosis, detail: prefix + withCode(reply, reply.text) };
}

function diagnoseSender(reply: SmtpReply): Diagnosis {
  if (reply.code < 400) return 'ok';
  if (needsAuth(reply)) return 'auth-required';
  return reply.code < 500 ? 'service-unavailable' : 'from-refused';
}

function diagnoseRecipient(reply: SmtpReply): Diagnosis {
  if (reply.code < 400) return 'ok';
  if (reply.code === 421) return 'service-unavailable';
  // Greylisting and "no such user" say that the server would take mail for others.
  if (reply.code < 500 || /^5\.1\.[0-6]$/.test(reply.enhanced ?? '')) return 'ok';
  if (needsAuth(reply)) return 'auth-required';
  // 554 5.7.1 <x@y>: Relay access denied (Postfix); 550 relay not permitted (Exim); 550 5.7.54 Unable to relay (Exchange)
  if (/relay/i.test(reply.text)) return 'relay-denied';
  return 'recipient-refused';
}

/** 530 5.7.0 Authentication required (RFC 4954 section 6); 553 authentication is required (163), 503 need AUTH first (QQ). */
function needsAuth(reply: SmtpReply): boolean {
  return (
    reply.code === 530 || /\bauth(?:entication)?\b.{0,20}\b(?:required|first)\b|\bneed(?:s)? auth/i.test(reply.text)
  );
}

/** A port that is silent, or speaks in clear where TLS was tried, may be another service altogether. */
async function lookCloser(target: SmtpTarget, failure: OpenFailure, waitMs: number): Promise<OpenFailure> {
  const silent = failure.step === 'greeting' && !failure.code && failure.diagnosis !== 'not-the-protocol';
  if (!silent && failure.diagnosis !== 'tls-on-plain-port') return failure;
  const { egress, host, port } = target;
  const encrypted = silent && target.security === 'tls';
  const { speaks, line } = await peek(egress, { host, port, encrypted }, waitMs);
  if (speaks === 'tls') return { ...failure, diagnosis: 'plain-on-tls-port' };
  if (speaks === 'smtp' || speaks === 'silent') return failure;
  return { ...failure, diagnosis: 'not-the-protocol', detail: line };
}

function withCode(reply: { code?: number; enhanced?: string }, text: string): string {
  return [reply.code || '', reply.enhanced ?? '', text].filter(Boolean).join(' ');
}
