import { diagnoseLogin } from '#platform/egress';
import type { Diagnosis, VerifyStep } from '#contracts';
import { NoMethod, askCapabilities, logIn } from './login.js';
import { Pop3Mailbox } from './mailbox.js';
import type { Pop3Failure, Pop3Target } from './target.js';
import { Pop3Lost, Pop3Refusal, Pop3Wire } from './wire.js';

export type OpenPop3 = { ok: true; mailbox: Pop3Mailbox } | { ok: false; failure: Pop3Failure };
/** Told of each step that was passed, for a connection test. */
export type Passed = (name: VerifyStep['name'], detail: string) => void;

/** A step that failed, on its way to the caller. */
class Failed extends Error {
  constructor(readonly failure: Pop3Failure) {
    super(failure.detail);
  }
}

/**
 * Opens a mailbox: resolves and checks the host, encrypts, authenticates. Failures of the network and the server are
 * values that name the step and the cause.
 */
export async function openPop3(target: Pop3Target, passed: Passed = () => undefined): Promise<OpenPop3> {
  let wire: Pop3Wire | undefined;
  try {
    wire = await reach(target, passed);
    const greeting = await inStep('greeting', () => wire!.answer(target.timeouts.greeting));
    passed('greeting', `POP3: ${greeting.slice(0, 200)}`);
    let capabilities = await inStep('greeting', () => askCapabilities(wire!, target.timeouts));
    if (target.security === 'starttls') {
      wire = await upgrade(wire, target, capabilities?.has('STLS') ?? true);
      passed('tls', 'STLS');
      capabilities = await inStep('tls', () => askCapabilities(wire!, target.timeouts));
    }
    if (!target.auth.secret) throw failed('auth', 'auth-failed', 'No password is stored.');
    const open = wire;
    await inStep('auth', () => logIn(open, target, capabilities, greeting));
    passed('auth', target.auth.user);
    return { ok: true, mailbox: new Pop3Mailbox(open, target.timeouts) };
  } catch (error) {
    wire?.close();
    if (error instanceof Failed) return { ok: false, failure: error.failure };
    throw error;
  }
}

async function reach({ egress, host, port, security, timeouts }: Pop3Target, passed: Passed): Promise<Pop3Wire> {
  const resolved = await egress.resolve(host, timeouts.connect);
  if (!resolved.ok) throw failed('resolve', resolved.diagnosis, resolved.detail);
  passed('resolve', resolved.addresses.join(', '));
  const dialed = await egress.dial(resolved.addresses, port, timeouts.connect);
  if (!dialed.ok) throw failed('connect', dialed.diagnosis, dialed.detail);
  passed('connect', `${dialed.socket.remoteAddress ?? ''}:${port}`);
  if (security !== 'tls') return new Pop3Wire(dialed.socket);
  const secured = await egress.secure(dialed.socket, host, timeouts.connect);
  if (!secured.ok) throw failed('tls', secured.diagnosis, secured.detail);
  passed('tls', secured.socket.getProtocol() ?? 'TLS');
  return new Pop3Wire(secured.socket);
}

/** RFC 2595 section 4. There is no way back to clear text. */
async function upgrade(wire: Pop3Wire, { egress, host, timeouts }: Pop3Target, offered: boolean): Promise<Pop3Wire> {
  if (!offered) throw failed('tls', 'starttls-not-offered', 'The server’s capabilities have no STLS.');
  wire.say('STLS');
  try {
    await wire.answer(timeouts.command);
  } catch (error) {
    if (error instanceof Pop3Refusal) throw failed('tls', 'starttls-not-offered', error.message);
    throw failed('tls', 'tls-failed', (error as Error).message);
  }
  if (!wire.release()) throw failed('tls', 'tls-failed', 'The server said something in clear text after STLS.');
  const secured = await egress.secure(wire.socket, host, timeouts.connect);
  if (!secured.ok) throw failed('tls', secured.diagnosis, secured.detail);
  return new Pop3Wire(secured.socket);
}

/** Runs a step; what goes wrong in it becomes its failure. */
async function inStep<T>(step: VerifyStep['name'], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof NoMethod) throw failed(step, 'auth-method-not-offered', message);
    if (error instanceof Pop3Refusal) {
      throw failed(step, step === 'auth' ? (diagnoseLogin(message) ?? 'auth-failed') : 'service-unavailable', message);
    }
    if (error instanceof Pop3Lost) throw failed(step, error.timedOut ? 'timed-out' : 'service-unavailable', message);
    throw error;
  }
}

function failed(step: VerifyStep['name'], diagnosis: Diagnosis, detail: string): Failed {
  return new Failed({ step, diagnosis, detail });
}
