/** From what a report says about one recipient to status, code, words and reason. */
import { classifyReply } from '#engine/bounce-rules';
import type { InboundRecipient } from '#contracts';
import type { SmtpStep } from '#engine/bounce-rules';

const MAX_DIAGNOSTIC = 1_000;

export interface DiagnosticInput {
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

/** Judges one recipient: the Diagnostic-Code decides; where it has no words, what the text says about the address. */
export function classifyDiagnostic(input: DiagnosticInput): Judged {
  const about = passageAbout(input);
  const own = input.diagnostic.trim();
  const words = own === '' ? about : own;
  const replyCode = readCode(own) ?? readCode(about);
  const status = refineStatus(input.status, own, about);
  const step = readStep(about) ?? readStep(own);
  const base = { code: replyCode, enhanced: status, provider: input.remoteMta, step };
  let verdict = classifyReply({ ...base, text: words });
  if (isNumeric(verdict.rule) && about !== '' && about !== words) {
    const second = classifyReply({ ...base, text: about });
    if (!isNumeric(second.rule)) verdict = second;
  }
  return { status, replyCode, diagnostic: clip(words), ...verdict };
}

function isNumeric(rule: string): boolean {
  return rule === 'none' || /^(?:status|code):/.test(rule);
}

function clip(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_DIAGNOSTIC);
}

/** The reply code a server gave: `550`, `550-`, at the start of the words or behind `said:` or `<<<`. */
export function readCode(text: string): number | null {
  const match = /(?:^|[\s:;<>('"#])([245][0-5]\d)(?=[\s-](?!\d{2,}))/.exec(text.slice(0, 2_000) + ' ');
  return match ? Number(match[1]) : null;
}

/** An enhanced status in running words: `5.1.1` not inside an address or a version. */
export function readEnhanced(text: string): string | null {
  return /(?:^|[\s:;<>('"#-])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text.slice(0, 2_000))?.[1] ?? null;
}

/** The report's own status unless it says nothing (`x.0.0`) and the server's words carry a better one. */
function refineStatus(status: string | null, own: string, about: string): string | null {
  const quoted = readEnhanced(own) ?? readEnhanced(about);
  if (status === null) return quoted;
  if (quoted !== null && /^\d\.0\.0$/.test(status)) return quoted;
  return status;
}

const STEPS: [RegExp, SmtpStep][] = [
  [
    /in reply to (?:the )?(?:end of )?(?:mail )?data\b|after (?:end of data|data)|>>> (?:data|\.)\s|response to data/i,
    'data',
  ],
  [/in reply to rcpt to|after rcpt to|>>> rcpt to/i, 'rcpt'],
  [/in reply to mail from|after mail from|>>> mail from/i, 'mail'],
  [/in reply to (?:helo|ehlo)|after (?:helo|ehlo)|>>> (?:helo|ehlo)/i, 'helo'],
  [/refused to talk to me|while receiving the initial server greeting|after initial connection/i, 'connect'],
];

function readStep(text: string): SmtpStep | null {
  const cut = text.slice(0, 4_000);
  for (const [pattern, step] of STEPS) if (pattern.test(cut)) return step;
  return null;
}

/** The paragraph of the text that begins with (or holds) the address; the whole text when only one recipient is named. */
function passageAbout({ context, address, only }: DiagnosticInput): string {
  const cut = context.slice(0, 16_384);
  const at = cut.toLowerCase().indexOf(address.toLowerCase());
  if (at < 0) return only ? cut.slice(0, 2_000) : '';
  const start = Math.max(cut.lastIndexOf('\n\n', at), 0);
  if (only) return cut.slice(start, start + 2_000).trim();
  const end = cut.indexOf('\n\n', at);
  return cut.slice(start, end < 0 ? start + 2_000 : Math.min(end, start + 2_000)).trim();
}
