import type { Diagnosis, SendOutcome, VerifyStep } from '#contracts';
import { diagnoseTls } from '#platform/egress';
import type { EgressFailure } from '#platform/egress';
import type { SmtpTarget } from './target.js';
import { Wire } from './wire.js';
import type { WireFailure } from './wire.js';

/** The first step of opening that failed. */
export interface OpenFailure {
  step: VerifyStep['name'];
  diagnosis: Diagnosis;
  detail: string;
  code?: number;
  enhanced?: string;
}
export type OpenedWire = { ok: true; wire: Wire } | { ok: false; failure: OpenFailure };
/** Told of each step that succeeded, in order. */
export type StepListener = (name: VerifyStep['name'], detail: string) => void;

/** What opening failed with, as the outcome of the message that wanted the connection. */
export function unreachable(failure: OpenFailure): SendOutcome {
  return {
    kind: 'unreachable',
    ...(failure.code ? { code: failure.code } : {}),
    ...(failure.enhanced ? { enhanced: failure.enhanced } : {}),
    text: failure.detail,
  };
}

/**
 * Connects, encrypts, greets and authenticates. TLS is verified and never given up: where the target asks for it and
 * the server does not have it, opening fails before anything secret is said.
 */
export async function openWire(target: SmtpTarget, onStep: StepListener = () => undefined): Promise<OpenedWire> {
  const { egress, host, port, security, timeouts } = target;
  const resolved = await egress.resolve(host, timeouts.connect);
  if (!resolved.ok) return failed('resolve', resolved);
  onStep('resolve', resolved.addresses.join(', '));
  const dialed = await egress.dial(resolved.addresses, port, timeouts.connect);
  if (!dialed.ok) return failed('connect', dialed);
  onStep('connect', `${dialed.socket.remoteAddress ?? ''}:${port}`);
  let { socket } = dialed;
  if (security === 'tls') {
    const secured = await egress.secure(socket, host, timeouts.connect);
    if (!secured.ok) return failed('tls', secured);
    onStep('tls', secured.socket.getProtocol() ?? 'TLS');
    socket = secured.socket;
  }
  const wire = new Wire(socket, target);
  const greeted = await greet(wire, target, onStep);
  if (greeted) return { ok: false, failure: greeted };
  const refused = await authenticate(wire, target);
  if (refused) {
    await wire.quit();
    return { ok: false, failure: refused };
  }
  if (target.auth.method !== 'none') onStep('auth', wire.lastReply?.text ?? '');
  return { ok: true, wire };
}

async function greet(wire: Wire, target: SmtpTarget, onStep: StepListener): Promise<OpenFailure | null> {
  const { timeouts } = target;
  let replies = 0;
  let startingTls = false;
  let greeting = '';
  wire.onReply = (reply) => {
    replies += 1;
    if (replies === 1) greeting = reply.text;
    // Third reply with STARTTLS: the handshake comes next.
    startingTls = target.security === 'starttls' && replies === 3;
    wire.arm(
      startingTls ? timeouts.connect : timeouts.command,
      startingTls ? 'the TLS handshake' : 'the reply to EHLO',
    );
  };
  const result = await wire.connect(timeouts.greeting);
  if (replies > 0 && (result.ok || startingTls)) onStep('greeting', greeting);
  if (!result.ok) return diagnoseGreeting(result.failure, wire, startingTls);
  if (target.security === 'starttls') onStep('tls', 'STARTTLS');
  return null;
}

function diagnoseGreeting(failure: WireFailure, wire: Wire, startingTls: boolean): OpenFailure {
  const { reply, text, command, code } = failure;
  const of = (step: VerifyStep['name'], diagnosis: Diagnosis, detail = text) =>
    openFailure(step, diagnosis, detail, reply);
  if (startingTls && !reply)
    return of('tls', code === 'ECONNECTION' ? 'tls-failed' : diagnoseTls({ code, message: text }).diagnosis);
  if (command === 'STARTTLS') {
    return wire.extensions.has('STARTTLS') ? of('tls', 'tls-failed') : of('tls', 'starttls-not-offered');
  }
  if (command === 'EHLO' && reply && reply.code !== 421) return of('tls', 'starttls-not-offered');
  if (reply) return of('greeting', reply.code >= 400 ? 'service-unavailable' : 'not-the-protocol');
  if (code === 'ETIMEDOUT') return of('greeting', 'timed-out');
  return of('greeting', code === 'EPROTOCOL' ? 'not-the-protocol' : 'service-unavailable');
}

async function authenticate(wire: Wire, target: SmtpTarget): Promise<OpenFailure | null> {
  const { method, user, secret } = target.auth;
  if (method === 'none') return null;
  const offered = wire.extensions.get('AUTH')?.split(' ') ?? [];
  const name = method.toUpperCase();
  if (!offered.includes(name)) {
    const detail =
      offered.length > 0 ? `The server offers ${offered.join(', ')}.` : 'The server offers no authentication.';
    return { step: 'auth', diagnosis: 'auth-method-not-offered', detail };
  }
  if (!user || !secret) return { step: 'auth', diagnosis: 'auth-failed', detail: 'User name or password is missing.' };
  const result = await wire.login(name, user, secret, target.timeouts.command);
  if (result.ok) return null;
  const { reply, text, code } = result.failure;
  if (!reply)
    return { step: 'auth', diagnosis: code === 'ETIMEDOUT' ? 'timed-out' : 'service-unavailable', detail: text };
  // RFC 4954 section 6: 4xx is a failure that passes, everything else is about the credentials.
  return openFailure('auth', reply.code < 500 ? 'service-unavailable' : 'auth-failed', text, reply);
}

function openFailure(
  step: VerifyStep['name'],
  diagnosis: Diagnosis,
  detail: string,
  reply: WireFailure['reply'],
): OpenFailure {
  if (!reply?.code) return { step, diagnosis, detail };
  return { step, diagnosis, detail, code: reply.code, ...(reply.enhanced ? { enhanced: reply.enhanced } : {}) };
}

function failed(step: VerifyStep['name'], failure: EgressFailure): OpenedWire {
  return { ok: false, failure: { step, diagnosis: failure.diagnosis, detail: failure.detail } };
}
