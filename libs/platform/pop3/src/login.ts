import { createHash, createHmac } from 'node:crypto';
import type { Pop3Target } from './target.js';
import { Pop3Refusal } from './wire.js';
import type { Pop3Wire } from './wire.js';

/** What a server says it can (RFC 2449), by keyword in capitals; null where it does not know CAPA. */
export type Capabilities = ReadonlyMap<string, string[]> | null;

/** None of the ways to log in that we know is offered. */
export class NoMethod extends Error {}

/** The most that a list of capabilities is read of. */
const CAPA_MAX = 65_536;

/** @throws Pop3Lost */
export async function askCapabilities(wire: Pop3Wire, timeouts: Pop3Target['timeouts']): Promise<Capabilities> {
  wire.say('CAPA');
  try {
    await wire.answer(timeouts.command);
  } catch (error) {
    if (error instanceof Pop3Refusal) return null;
    throw error;
  }
  const { bytes } = await wire.body(timeouts, CAPA_MAX);
  const lines = bytes.toString('latin1').split('\r\n').slice(0, 200);
  return new Map(
    lines.map((line) => {
      const [keyword = '', ...rest] = line.trim().toUpperCase().split(/ +/);
      return [keyword, rest];
    }),
  );
}

/**
 * Logs in by the best way the server offers. On an encrypted connection that is a plain one; on an open one the
 * password itself is kept off the wire where the server lets us (APOP, CRAM-MD5).
 * @param greeting the server's first line, whose time stamp APOP needs
 * @throws Pop3Refusal, NoMethod, Pop3Lost
 */
export async function logIn(
  wire: Pop3Wire,
  { auth, security, timeouts }: Pop3Target,
  capabilities: Capabilities,
  greeting: string,
): Promise<void> {
  const sasl = capabilities?.get('SASL') ?? [];
  const { user, secret = '' } = auth;
  const offers = (mechanism: string) => sasl.includes(mechanism);
  const say = async (line: string) => {
    wire.say(line);
    await wire.answer(timeouts.command);
  };
  if (auth.method === 'xoauth2') {
    if (capabilities && !offers('XOAUTH2')) throw new NoMethod(offered(capabilities));
    return exchange(wire, timeouts.command, 'XOAUTH2', () => `user=${user}\x01auth=Bearer ${secret}\x01\x01`);
  }
  const stamp = /<[^<>\s]{1,250}@[^<>\s]{1,250}>/.exec(greeting)?.[0];
  if (security === 'none') {
    // Many servers show a time stamp and have no password in clear to check it with: then the next way is tried.
    if (stamp && (await accepted(say(`APOP ${user} ${md5(stamp + secret)}`)))) return;
    if (offers('CRAM-MD5'))
      return exchange(wire, timeouts.command, 'CRAM-MD5', (asked) => cramMd5(user, secret, asked));
  }
  if (offers('PLAIN')) return exchange(wire, timeouts.command, 'PLAIN', () => `\0${user}\0${secret}`);
  if (!capabilities || capabilities.has('USER') || sasl.length === 0) {
    await say(`USER ${user}`);
    return say(`PASS ${secret}`);
  }
  if (offers('LOGIN')) {
    let asked = 0;
    return exchange(wire, timeouts.command, 'LOGIN', () => ((asked += 1) === 1 ? user : secret));
  }
  if (offers('CRAM-MD5')) return exchange(wire, timeouts.command, 'CRAM-MD5', (text) => cramMd5(user, secret, text));
  throw new NoMethod(offered(capabilities));
}

/** RFC 5034: AUTH, then an answer to each question. An error of XOAUTH2 comes as a question, answered by nothing. */
async function exchange(
  wire: Pop3Wire,
  timeoutMs: number,
  mechanism: string,
  reply: (question: string) => string,
): Promise<void> {
  wire.say(`AUTH ${mechanism}`);
  let told = '';
  for (let step = 0; step < 4; step += 1) {
    const line = await wire.line(timeoutMs);
    if (/^\+OK\b/i.test(line)) return;
    if (!line.startsWith('+'))
      throw new Pop3Refusal([line.replace(/^-ERR */i, ''), told].join(' ').trim().slice(0, 500));
    const question = Buffer.from(line.slice(1).trim(), 'base64').toString();
    if (mechanism === 'XOAUTH2' && step > 0) {
      told = question;
      wire.say('');
    } else wire.say(Buffer.from(reply(question)).toString('base64'));
  }
  throw new Pop3Refusal('The server kept asking.');
}

async function accepted(attempt: Promise<void>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch (error) {
    if (error instanceof Pop3Refusal && !/\[(?:IN-USE|LOGIN-DELAY|SYS)/i.test(error.message)) return false;
    throw error;
  }
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const cramMd5 = (user: string, secret: string, challenge: string) =>
  `${user} ${createHmac('md5', secret).update(challenge).digest('hex')}`;

function offered(capabilities: Capabilities): string {
  return `SASL ${capabilities?.get('SASL')?.join(' ') ?? ''}`.trim().slice(0, 500);
}
