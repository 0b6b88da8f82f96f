/** What the person wrote: the text of a reply without the quoted mail and without signature. */
import { ATTRIBUTIONS, HEADER_LABELS, MARKER_FRAME, MOBILE_SIGNATURES, ORIGINAL_MARKERS } from './phrases.js';
import { QUOTE_END, QUOTE_START, htmlToMarkedText } from './html-text.js';

/** Longer texts are cut here: nobody writes more, quotations do. */
const MAX_TEXT = 262_144;
const MAX_LINES = 20_000;
const MAX_LINE = 400;
const ATTRIBUTION_LINES = 5;

/**
 * The visible reply of a plain text body. Linear in its size; at most 256 kB are looked at.
 * A mail that is nothing but a quotation without introduction is returned as it is.
 */
export function visibleReply(text: string): string {
  const lines = splitLines(text);
  const cut = withoutQuotations(lines);
  const kept = dropSignature(trimBlank(cut.lines));
  if (kept.length === 0 && !cut.introduced && !quotesAttribution(lines)) return trimBlank(lines).join('\n');
  return kept.join('\n');
}

/** The visible reply of an HTML body: elements that mail programs use for quotations go first, then as for text. */
export function visibleReplyOfHtml(html: string): string {
  const marked = htmlToMarkedText(html);
  const open = marked.indexOf(QUOTE_START);
  const before = open < 0 ? marked : marked.slice(0, open);
  const after = open < 0 ? '' : afterQuotes(marked, open);
  return visibleReply(before.trim() === '' && after.trim() !== '' ? after : `${before}\n${after}`);
}

/** `> On Thu, someone wrote:` on top: a reply without words whose quotation lost its introduction. */
function quotesAttribution(lines: string[]): boolean {
  const first = (lines[nextText(lines, 0)] ?? '').replace(/^[\s>]{1,20}/, '').slice(0, MAX_LINE);
  return ATTRIBUTIONS.some((pattern) => pattern.test(first));
}

function afterQuotes(marked: string, from: number): string {
  const out: string[] = [];
  let at = from;
  while (at >= 0 && at < marked.length) {
    const end = marked.indexOf(QUOTE_END, at);
    if (end < 0) break;
    const next = marked.indexOf(QUOTE_START, end);
    out.push(marked.slice(end + 1, next < 0 ? marked.length : next));
    at = next;
  }
  return out.join('\n');
}

function splitLines(text: string): string[] {
  return text
    .slice(0, MAX_TEXT)
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b\u200c\u200d\u2060\ufeff]/g, '')
    .replace(/\u00a0/g, ' ')
    .split('\n', MAX_LINES)
    .map((line) => line.trimEnd());
}

interface Cut {
  lines: string[];
  /** True when a line introduced the quotation, so an empty rest is a reply without words. */
  introduced: boolean;
}

/** Takes quotations out: everything behind an unquoted original, or only the `>` lines where the reply goes on below. */
function withoutQuotations(lines: string[]): Cut {
  const kept: string[] = [];
  let introduced = false;
  let i = 0;
  while (i < lines.length) {
    const line = lines[i]!;
    if (isQuoted(line)) {
      i++;
      continue;
    }
    if (isOriginalMarker(line) || isHeaderBlock(lines, i)) {
      introduced = true;
      break;
    }
    const height = attributionHeight(lines, i);
    if (height === 0) {
      kept.push(line);
      i++;
      continue;
    }
    introduced = true;
    const next = nextText(lines, i + height);
    if (next < lines.length && !isQuoted(lines[next]!) && hasText(kept)) break;
    i += height;
  }
  return { lines: kept, introduced };
}

function isQuoted(line: string): boolean {
  return /^\s{0,4}(?:>|&gt;|\|(?:\s|$))/.test(line);
}

function hasText(lines: string[]): boolean {
  return lines.some((line) => line.trim() !== '');
}

function nextText(lines: string[], from: number): number {
  let i = from;
  while (i < lines.length && lines[i]!.trim() === '') i++;
  return i;
}

function isOriginalMarker(line: string): boolean {
  return line.length < 160 && MARKER_FRAME.test(line) && ORIGINAL_MARKERS.test(line);
}

/** Number of lines an attribution takes from line `i`, 0 when there is none: programs wrap it at 70 columns or less. */
function attributionHeight(lines: string[], i: number): number {
  const first = lines[i]!.trim();
  if (first === '' || first.length > MAX_LINE) return 0;
  let joined = '';
  let taken = 0;
  for (let n = 0; n < ATTRIBUTION_LINES + 2 && i + n < lines.length && taken < ATTRIBUTION_LINES; n++) {
    const line = lines[i + n]!.trim();
    if (line === '') {
      if (taken > 0 && !/[<,，]$|^on\b.{0,80}\d/i.test(joined)) break;
      continue;
    }
    joined = taken === 0 ? line : `${joined} ${line}`;
    taken++;
    if (joined.length > MAX_LINE) break;
    if (mayEndAttribution(line) && ATTRIBUTIONS.some((pattern) => pattern.test(joined))) {
      return taken > 1 && !startsAttribution(first) ? 0 : n + 1;
    }
  }
  return 0;
}

/** Cheap test before the patterns: they all end in a colon, a dash, an address or a year-first date line. */
function mayEndAttribution(line: string): boolean {
  return /[:：>-]$|[写寫]道$|wrote$|GMT[+-]/.test(line);
}

/** Wrapped attributions begin with a date, a preposition, a name with an address: not with any sentence. */
function startsAttribution(line: string): boolean {
  return /^(?:on|at|am|vom|le|el|em|il|op|den|på|dne|w dniu|dnia|в|в\S*|在|於|于|-{2,})\b|^(?:在|於|于)|\d{4}|<\s?$|<[^<>\s]{3,200}>|^.{0,80}["”]|^\d/i.test(
    line,
  );
}

/** A pasted header: a From line with at least two other labels of different kinds within the next lines. */
function isHeaderBlock(lines: string[], i: number): boolean {
  const first = label(lines[i]!);
  if (first === null || (first.kind !== 'from' && first.kind !== 'date')) return false;
  const kinds = new Set<string>([first.kind]);
  let seen = 0;
  for (let n = i + 1; n < lines.length && n <= i + 10 && seen < 7; n++) {
    if (lines[n]!.trim() === '') continue;
    seen++;
    const next = label(lines[n]!);
    if (next && next.kind !== 'other') kinds.add(next.kind);
    else if (!next && seen > 4 && kinds.size < 3) break;
  }
  if (!kinds.has('from')) return false;
  return kinds.size >= 3 || (kinds.has('date') && first.value.includes('@'));
}

function label(line: string): { kind: string; value: string } | null {
  const match = /^[\s*_>]{0,8}([\p{L}][\p{L} -]{0,18}?)[\s*_]{0,6}[:：][\s*_]{0,4}(.{0,200})/u.exec(line.slice(0, 260));
  if (!match) return null;
  const name = match[1]!.replace(/[\s\u3000]+/g, ' ').trim();
  const compact = name.replace(/ /g, '');
  for (const { kind, pattern } of HEADER_LABELS) {
    if (pattern.test(name) || pattern.test(compact)) return { kind, value: match[2]! };
  }
  return null;
}

function trimBlank(lines: string[]): string[] {
  let from = 0;
  let to = lines.length;
  while (from < to && lines[from]!.trim() === '') from++;
  while (to > from && (lines[to - 1]!.trim() === '' || isRule(lines[to - 1]!))) to--;
  return lines.slice(from, to);
}

/** A line of dashes, underscores or stars: what separated the quotation that is gone. */
function isRule(line: string): boolean {
  return /^\s{0,8}(?:[-_=*#~+·ᐧ—–]{1,200}|[-_ ]{2,200}|\*?_{2,}\*?)$/.test(line);
}

/** Cuts at `-- ` (RFC 3676 section 4.3) and takes mobile signatures off the end. */
function dropSignature(lines: string[]): string[] {
  let end = lines.length;
  for (let i = 1; i < lines.length; i++) {
    if (/^\s{0,2}--\s?$/.test(lines[i]!) && hasText(lines.slice(0, i))) {
      end = i;
      break;
    }
  }
  let kept = trimBlank(lines.slice(0, end));
  while (kept.length > 0 && isMobileSignature(kept[kept.length - 1]!)) kept = trimBlank(kept.slice(0, -1));
  return kept;
}

function isMobileSignature(line: string): boolean {
  const text = line.trim();
  return text.length < 160 && MOBILE_SIGNATURES.some((pattern) => pattern.test(text));
}
