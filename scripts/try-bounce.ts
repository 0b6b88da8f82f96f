import { existsSync, readFileSync, statSync } from 'node:fs';
import { readMail } from '#engine/dsn';
import { classifyReply } from '#engine/bounce-rules';
import { factTypeOf } from '#domain/feedback';
import type { BounceReason, InboundVerdict } from '#contracts';

/**
 * `npm run try:bounce -- FILE | 'REPLY LINE'`, or either on standard input: what a mail or a server's reply means, and
 * the rule that said so. Trust is not judged: it needs the installation's keys.
 */
const DOES: Record<ReturnType<typeof factTypeOf>, string> = {
  'hard-bounced': 'the address is suppressed',
  'soft-bounced': 'counted; suppresses nobody by itself',
  blocked: 'says something about us, never about the contact',
};
/** A mail begins with headers; a reply of a server never does. */
const HEADER =
  /^(?:From .{1,200}\r?\n|\s{0,20}\r?\n){0,3}[!-9;-~]{2,60}:[^\n]{0,2000}\r?\n(?:[!-9;-~]{1,60}:|[ \t]|\r?\n)/;

const USAGE = "Name a file, write a server's reply in quotes, or send either to standard input.";

const raw = given();
if (HEADER.test(raw.toString('latin1', 0, 8_192))) printMail(readMail(raw, { recipients: [], sender: null }));
else printReply(raw.toString('utf8').trim());

function given(): Buffer {
  const args = process.argv.slice(2);
  const [file = ''] = args;
  if (/^-(?:h|-help)$/.test(file)) {
    process.stdout.write(`npm run try:bounce -- FILE | 'REPLY LINE'\n${USAGE}\n`);
    process.exit(0);
  }
  if (args.length === 0) return notEmpty(readFileSync(0), USAGE);
  const found = args.length === 1 && existsSync(file) ? statSync(file) : null;
  if (found?.isDirectory()) return fail(`${file} is a folder. Name one file.`);
  if (found) return notEmpty(readFileSync(file), `${file} is empty.`);
  if (args.length === 1 && /\.(?:eml|msg|txt|mbox)$/i.test(file)) return fail(`There is no file ${file}.`);
  return notEmpty(Buffer.from(args.join(' ')), USAGE);
}

function notEmpty(bytes: Buffer, otherwise: string): Buffer {
  return bytes.toString('latin1').trim() === '' ? fail(otherwise) : bytes;
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

function printMail(verdict: InboundVerdict): void {
  line('kind', verdict.kind, verdict.rule);
  line('from', verdict.from ?? '–');
  line('subject', verdict.subject);
  if (verdict.feedbackType) line('feedback', verdict.feedbackType);
  if (verdict.awayUntil) line('away until', verdict.awayUntil);
  for (const one of verdict.recipients) {
    line('recipient', `${one.address} (${one.action})`);
    if (one.action === 'failed' || one.action === 'unknown' || one.reason !== 'undefined') {
      printReason(one, verdict.kind === 'bounce');
    }
    line('  status', `${one.status ?? '–'}  reply code ${one.replyCode ?? '–'}`);
    if (one.diagnostic) line('  words', one.diagnostic);
  }
  if (verdict.visibleReply !== null) line('reply', verdict.visibleReply);
  const tokens = verdict.tokenCandidates.map(({ where, value }) => `${where} ${value}`);
  for (const token of tokens) line('names', token);
}

function printReply(text: string): void {
  const [, code, enhanced] = /^(?:(\d{3})[ -]?)?(?:#?([245]\.\d{1,3}\.\d{1,3})\b)?/.exec(text) ?? [];
  line('code', code ?? '–');
  line('status', enhanced ?? '–');
  printReason(classifyReply({ code: code ? Number(code) : null, enhanced: enhanced ?? null, text }), true);
}

function printReason(
  { reason, group, rule }: { reason: BounceReason; group: string; rule: string },
  acts: boolean,
): void {
  line('  reason', `${reason}, group ${group}`, rule);
  if (acts) line('  does', `${factTypeOf(reason)}: ${DOES[factTypeOf(reason)]}`);
}

function line(name: string, text: string, rule?: string): void {
  process.stdout.write(`${name.padEnd(12)}${text.replace(/\s+/g, ' ')}${rule === undefined ? '' : `  [${rule}]`}\n`);
}
