/** From what a report says about one recipient to status, code, words and reason. */
import { classifyReply } from '#engine/bounce-rules';
import type { InboundRecipient } from '#contracts';
import type { SmtpStep } from '#engine/bounce-rules';

const MAX_DIAGNOSTIC = 1_000;

interface DiagnosticInput {
  diagnostic: string;
  /** Status field of the report. */
  status: string | null;
  remoteMta: string;
  address: string;
  /** The human-readable part; searched for what it says about this recipient. */
  context: string;
  /** True when the report names this recipient alone, so the whole context is about it. */
  only: boolean;
}

type Judged = Pick<InboundRecipient, 'status' | 'replyCode' | 'diagnostic' | 'reason' | 'group' | 'rule'>;

/**
 * Judges one recipient: the Diagnostic-Code decides; where its words say nothing, the passage about the address; where
 * that says nothing and nobody else is named, the whole text.
 */
export function classifyDiagnostic(input: DiagnosticInput): Judged {
  const own = unwrap(input.diagnostic.trim());
  const about = passageAbout(input);
  const whole = input.only ? input.context.slice(0, 4_000) : '';
  const sources = [own, about, whole].filter((text) => text.trim() !== '');
  const replyCode = first(sources, readCode);
  const status = refineStatus(input.status, own, sources);
  const base = { code: replyCode, enhanced: status, provider: input.remoteMta, step: first([about, own], readStep) };
  let said = sources[0] ?? '';
  let verdict = classifyReply({ ...base, text: said });
  for (const text of sources.slice(1)) {
    if (!isNumeric(verdict.rule)) break;
    const better = classifyReply({ ...base, text });
    if (isNumeric(better.rule)) continue;
    verdict = better;
    said = text;
  }
  return { status, replyCode, diagnostic: clip(said), ...verdict };
}

function first<T>(texts: string[], read: (text: string) => T | null): T | null {
  for (const text of texts) {
    const found = read(text);
    if (found !== null) return found;
  }
  return null;
}

/** Gateways quote the words of the server they spoke to; the quotation is what counts. */
const WRAPPERS: RegExp[] = [
  // 5.1.0 - Unknown address error 550-'5.7.1 <x>... Access denied' (delivery attempts: 0)
  /^\d\.\d\.\d - [\w ]{1,40} (\d{3}-'.{1,800}')/s,
  // 554 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.2 Connection timed out>
  /message expired: [^<]{1,80}<(\d{3} .{1,300})>/i,
  // 550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 : User unknown
  /remote server returned .{1,120}? -> (\d{3} .{1,500})$/is,
];

function unwrap(text: string): string {
  for (const wrapper of WRAPPERS) {
    const inner = wrapper.exec(text.slice(0, 2_000))?.[1];
    if (inner !== undefined) return inner.replace(/^(\d{3})-'/, '$1 ');
  }
  return text;
}

function isNumeric(rule: string): boolean {
  return rule === 'none' || /^(?:status|code):/.test(rule);
}

function clip(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_DIAGNOSTIC);
}

/** The reply code a server gave: `550`, `550-`, at the start of the words or behind `said:` or `<<<`. */
function readCode(text: string): number | null {
  const match = /(?:^|[\s:;<>('"#[])([45][0-5]\d)(?=[\s:\]-](?!\d{2,}))/.exec(text.slice(0, 2_000) + ' ');
  return match ? Number(match[1]) : null;
}

/** An enhanced status in running words: `5.1.1` not inside an address or a version. */
function readEnhanced(text: string): string | null {
  return /(?:^|[\s:;<>('"#-])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text.slice(0, 2_000))?.[1] ?? null;
}

/**
 * The status written behind the server's own code beats the Status field (gateways put 4.4.7 or 5.1.1 there whatever
 * was said); else the field, unless it says nothing (`x.0.0`) and the words carry a better one.
 */
function refineStatus(status: string | null, own: string, sources: string[]): string | null {
  const adjacent = /^[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(own)?.[1];
  if (adjacent !== undefined) return adjacent;
  const quoted = first(sources, readEnhanced);
  if (status === null) return quoted;
  return quoted !== null && /^\d\.0\.0$/.test(status) ? quoted : status;
}

const STEPS: [RegExp, SmtpStep][] = [
  [
    /in reply to (?:the )?(?:end of )?(?:mail )?data\b|after (?:end of data|data\b|i sent the message)|>>> (?:data|\.)\s|our final data|\(state 1[78]\)/i,
    'data',
  ],
  [
    /in reply to rcpt to|after rcpt to|>>> rcpt to|our rcpt to|\[rcpt_to\]|does not like recipient|following rcpt command/i,
    'rcpt',
  ],
  [/in reply to mail from|after mail from|>>> mail from|our mail from|\[mail_from\]|sender was rejected/i, 'mail'],
  [/in reply to (?:helo|ehlo)|after (?:helo|ehlo)|>>> (?:helo|ehlo)/i, 'helo'],
  [/refused to talk to me|while receiving the initial server greeting|after initial connection/i, 'connect'],
];

function readStep(text: string): SmtpStep | null {
  const cut = text.slice(0, 4_000);
  for (const [pattern, step] of STEPS) if (pattern.test(cut)) return step;
  return null;
}

/** What the text says about the address: from the line that names it to a blank line or the next address. */
function passageAbout({ context, address, only }: DiagnosticInput): string {
  const cut = context.slice(0, 32_768);
  const at = cut.toLowerCase().indexOf(address.toLowerCase());
  if (at < 0) return '';
  const start = Math.max(cut.lastIndexOf('\n', at), 0);
  if (only) return cut.slice(start, start + 2_000).trim();
  const lines = cut
    .slice(start, start + 2_000)
    .trim()
    .split('\n');
  const taken = [lines[0] ?? ''];
  for (const line of lines.slice(1)) {
    if (line.trim() === '' || namesAnother(line, address)) break;
    taken.push(line);
  }
  return taken.join('\n');
}

function namesAnother(line: string, address: string): boolean {
  const found = /^\s{0,8}["<]?([^\s<>":]{1,64}@[^\s<>":]{1,255})["]?>?\s?(?::|$)/.exec(line.slice(0, 400))?.[1];
  return found !== undefined && found.toLowerCase() !== address.toLowerCase();
}
