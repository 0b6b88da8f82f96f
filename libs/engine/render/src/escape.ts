const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
const HTML_SPECIAL = /[&<>"'`]/;
const HTML_SPECIALS = /[&<>"'`]/g;

/** Anything the functions below change; most values have none of it and are passed on as they are. */
const HTML_UNUSUAL = /[&<>"'`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/;
const LINE_UNUSUAL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;
const HTML_CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;

const LINE_CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

const URL_CONTROLS = /[\u0000-\u0020\u007f-\u009f\u2028\u2029]+/g;
const URL_SCHEME = /^(?:https?:\/\/[^/\\]|mailto:|tel:)/i;

/** Lone surrogates become U+FFFD, so that the text has a valid UTF-8 form. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Text for HTML content or a quoted attribute value. */
export function escapeHtml(text: string): string {
  if (!HTML_UNUSUAL.test(text)) return text;
  const clean = wellFormed(text.replace(HTML_CONTROLS, ''));
  return HTML_SPECIAL.test(clean) ? clean.replace(HTML_SPECIALS, (char) => HTML_ESCAPES[char] ?? '') : clean;
}

/** A template's fixed text escaped for HTML content or a quoted attribute value; its tags stay as they are. */
export function escapeAroundTags(source: string, tags: readonly { start: number; end: number }[]): string {
  let result = '';
  let at = 0;
  for (const tag of tags) {
    result += escapeHtml(source.slice(at, tag.start)) + source.slice(tag.start, tag.end);
    at = tag.end;
  }
  return result + escapeHtml(source.slice(at));
}

/** Text for a header or a line of the text part: control characters and line ends become one space. */
export function cleanLine(text: string): string {
  return LINE_UNUSUAL.test(text) ? wellFormed(text.replace(LINE_CONTROLS, ' ')) : text;
}

/** A value inside CSS keeps only what a colour, length, number or name needs: it can't close a rule or load a URL. */
export function cleanCss(text: string): string {
  return text.replace(/[^\p{L}\p{N}#%., _-]/gu, '');
}

/**
 * One value inside a URL, by what stands before it: at the very start it is the URL itself; in the host only what names
 * can hold stays, so data can't lead to another host; in the path slashes stay; in the query it is one component.
 */
export function urlPart(value: string, before: string): string {
  const text = wellFormed(value).replace(URL_CONTROLS, ' ').trim();
  if (before.trim() === '') return text.replace(/ /g, '%20');
  const host = /^https?:\/\/([^/?#]*)$/i.exec(before);
  const startsPath = host !== null && host[1] !== '' && /^[/?#]/.test(text);
  if (host && !startsPath) return text.replace(/[^\p{L}\p{N}.-]/gu, '');
  if (startsPath) return text.slice(0, 1) + encodeURIComponent(text.slice(1)).replace(/%2F/g, '/');
  const encoded = encodeURIComponent(text);
  return /[?#]/.test(before) || /^(?:mailto|tel):/i.test(before) ? encoded : encoded.replace(/%2F/g, '/');
}

/** The URL if its scheme is http, https, mailto or tel, else null. Invisible characters can't hide a scheme. */
export function safeUrl(url: string): string | null {
  const clean = url.trim().replace(URL_CONTROLS, (found) => (found === ' ' ? '%20' : ''));
  return URL_SCHEME.test(clean) ? clean : null;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Decodes the character references that occur in attribute values; unknown names stay as they are. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (whole, decimal, hex, name) => {
    if (name) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  });
}
