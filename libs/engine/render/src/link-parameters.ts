import { wellFormed } from './escape.js';
import { maskRanges } from './mask.js';
import type { TemplateTag } from './template-tags.js';

/** What is added to the addresses of links, such as `utm_source`: names with values, not encoded, in their order. */
export type LinkParameters = ReadonlyArray<readonly [name: string, value: string]>;

/**
 * The address with the parameters in its query, before a fragment. One that stands already keeps its value, whatever
 * its case, and nothing else of the address changes. Other addresses than http(s) come back as they are.
 */
export function addParameters(url: string, parameters: LinkParameters): string {
  if (!/^https?:\/\/[^/?#\\]/i.test(url)) return url;
  const hash = url.indexOf('#');
  const whole = hash === -1 ? url : url.slice(0, hash);
  const mark = whole.indexOf('?');
  const query = mark === -1 ? '' : whole.slice(mark + 1);
  const present = namesIn(query);
  const added = parameters
    .filter(([name, value]) => value !== '' && !present.has(name.toLowerCase()))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');
  if (added === '') return url;
  const joint = query === '' || query.endsWith('&') ? '' : '&';
  const before = mark === -1 ? `${withPath(whole)}?` : `${whole}${joint}`;
  return `${before}${added}${hash === -1 ? '' : url.slice(hash)}`;
}

/**
 * The web addresses in a text part with the parameters. Where it can't be told for sure where one ends, as before
 * Chinese without a space, it stays as it is: a wrong cut would lead elsewhere. So does one whose host is data.
 */
export function addParametersInText(source: string, tags: readonly TemplateTag[], parameters: LinkParameters): string {
  if (parameters.length === 0) return source;
  // A value is part of an address; a block around one ends it.
  const ends = tags.filter(({ kind }) => kind !== 'value');
  let result = '';
  let at = 0;
  for (const { start, end } of [...ends, { start: source.length, end: source.length }]) {
    const values = tags.filter((tag) => tag.kind === 'value' && tag.start >= at && tag.end <= start);
    const shifted = values.map((tag) => ({ start: tag.start - at, end: tag.end - at }));
    result += addInPlain(source.slice(at, start), shifted, parameters) + source.slice(start, end);
    at = end;
  }
  return result;
}

function addInPlain(text: string, values: Array<{ start: number; end: number }>, parameters: LinkParameters): string {
  const masked = maskRanges(text, values);
  const changed = masked.text.replace(/https?:\/\/[!-~]+/gi, (found, offset: number) => {
    const url = withoutClosing(found);
    const next = masked.text[offset + found.length] ?? ' ';
    const isWhole = url !== found || /[\s\p{P}]/u.test(next);
    const host = url.split('/', 3)[2] ?? '';
    if (!isWhole || /["<>\\^`{|}]/.test(url) || masked.restore(host) !== host) return found;
    return addParameters(url, parameters) + found.slice(url.length);
  });
  return masked.restore(changed);
}

/** Without what ends a sentence or closes a bracket that was opened before the address. */
function withoutClosing(url: string): string {
  let end = url.length;
  for (; end > 0; end -= 1) {
    const last = url[end - 1] ?? '';
    const opened = url.slice(0, end).split('(').length;
    const closed = url.slice(0, end).split(')').length;
    if (!(last === ')' ? closed > opened : '.,;:!?\'">]'.includes(last))) break;
  }
  return url.slice(0, end);
}

function namesIn(query: string): Set<string> {
  return new Set(query.split('&').map((pair) => decoded(pair.split('=', 1)[0] ?? '').toLowerCase()));
}

/** `https://host?a=b` is right but rare enough for some programs to stumble over. */
function withPath(url: string): string {
  return /^https?:\/\/[^/]+$/i.test(url) ? `${url}/` : url;
}

/** Like a component, with the quote that HTML may use around an attribute. */
function encoded(text: string): string {
  return encodeURIComponent(wellFormed(text)).replaceAll("'", '%27');
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
