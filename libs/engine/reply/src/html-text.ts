/**
 * HTML of a mail to plain text in one pass, for judging words, not for showing. Quotations are marked so that the reply
 * can be told from them. Linear: each `<` is looked at once and the search for its `>` never starts over.
 */

/** Marks where a quotation begins and ends in the text that `htmlToMarkedText` returns. */
export const QUOTE_START = '\u0002';
export const QUOTE_END = '\u0003';

const MAX_HTML = 524_288;
const MAX_OUT = 262_144;
const MAX_TAG = 4_000;

const BREAKS = new Set([
  'br',
  'p',
  'div',
  'tr',
  'li',
  'ul',
  'ol',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'pre',
  'hr',
  'blockquote',
  'section',
  'article',
  'header',
  'footer',
  'dl',
  'dt',
  'dd',
  'center',
  'address',
  'title',
]);
const HIDDEN = new Set(['script', 'style', 'head', 'title', 'noscript', 'template', 'svg', 'object']);
/** Elements that hold what was replied to: Gmail, Outlook, QQ, NetEase, Apple, Yahoo, Thunderbird, Zoho, Foxmail. */
const QUOTE_CLASS =
  /gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|ntes_not_fresh_mail_quote|isreplycontent|netease_mail_replied|includetail|qmbox_reply|tutanota_quote|x_gmail_quote|mail-editor-reference-message|foxmailreply/;
/** Empty marks of Outlook and others: the quotation is what follows them. */
const QUOTE_ID =
  /divrplyfwdmsg|appendonsend|reply_intro|isreplycontent|oriminalmessage|originalmessage|mail-editor-reference/;

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  copy: '©',
  reg: '®',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  middot: '·',
  bull: '•',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  szlig: 'ß',
  zwnj: '',
  shy: '',
};

/** Plain text of `html`, at most 256 kB; scripts, styles and comments are left out. */
export function htmlToText(html: string): string {
  return htmlToMarkedText(html).replaceAll(QUOTE_START, '').replaceAll(QUOTE_END, '');
}

/** As {@link htmlToText} with quotations between {@link QUOTE_START} and {@link QUOTE_END}. */
export function htmlToMarkedText(html: string): string {
  return new HtmlReader(html.length > MAX_HTML ? html.slice(0, MAX_HTML) : html).read();
}

class HtmlReader {
  private out: string[] = [];
  private length = 0;
  private pre = 0;
  /** Names of open elements inside a quotation, counted so that its end is known. */
  private quote: { tag: string; depth: number } | null = null;

  constructor(private readonly html: string) {
    // Programs label plain text as HTML: without a single element that breaks lines, line breaks are line breaks.
    if (!/<(?:br|p|div|td|tr|li|pre|h[1-6])[\s/>]/i.test(html)) this.pre = 1;
  }

  read(): string {
    const { html } = this;
    let at = 0;
    while (at < html.length && this.length < MAX_OUT) {
      const open = html.indexOf('<', at);
      this.text(html.slice(at, open < 0 ? html.length : open));
      if (open < 0) break;
      at = this.markup(open);
    }
    if (this.quote) this.emit(QUOTE_END);
    return tidy(this.out.join(''));
  }

  /** Handles what begins with the `<` at `open`; returns where to go on. */
  private markup(open: number): number {
    const { html } = this;
    if (html.startsWith('<!--', open)) return this.behind('-->', open + 4);
    const next = html[open + 1] ?? '';
    if (!/[a-z/!?]/i.test(next)) {
      this.text('<');
      return open + 1;
    }
    const close = this.find('>', open + 1);
    if (close < 0) return html.length;
    const tag = html.slice(open + 1, Math.min(close, open + MAX_TAG));
    const name = /^\/?([a-z][a-z0-9:]{0,20})/i.exec(tag)?.[1]?.toLowerCase() ?? '';
    if (tag.startsWith('/')) this.end(name);
    else if (HIDDEN.has(name) && !tag.endsWith('/')) return this.behindElement(name, close + 1);
    else this.start(name, tag);
    return close + 1;
  }

  private start(name: string, tag: string): void {
    if (this.quote) {
      if (this.quote.tag === name) this.quote.depth++;
    } else {
      const depth = quoteDepth(name, tag);
      if (depth > 0) {
        this.emit(`\n${QUOTE_START}`);
        this.quote = { tag: name, depth };
      }
    }
    if (name === 'pre') this.pre++;
    if (name === 'td' || name === 'th') this.emit(' ');
    if (BREAKS.has(name)) this.emit('\n');
  }

  private end(name: string): void {
    if (name === 'pre' && this.pre > 0) this.pre--;
    if (BREAKS.has(name) && name !== 'br') this.emit('\n');
    if (this.quote?.tag !== name) return;
    this.quote.depth--;
    if (this.quote.depth > 0) return;
    this.quote = null;
    this.emit(`${QUOTE_END}\n`);
  }

  private text(raw: string): void {
    if (raw === '') return;
    const decoded = decodeEntities(raw);
    this.emit(this.pre > 0 ? decoded : decoded.replace(/\s+/g, ' '));
  }

  private emit(piece: string): void {
    this.out.push(piece);
    this.length += piece.length;
  }

  private readonly missing = new Set<string>();

  /** indexOf that remembers what is not there any more, so that many openings without an end stay linear. */
  private find(needle: string, from: number): number {
    if (this.missing.has(needle)) return -1;
    const at = this.html.indexOf(needle, from);
    if (at < 0) this.missing.add(needle);
    return at;
  }

  private behind(needle: string, from: number): number {
    const at = this.find(needle, from);
    return at < 0 ? this.html.length : at + needle.length;
  }

  private behindElement(name: string, from: number): number {
    for (const end of [`</${name}`, `</${name.toUpperCase()}`]) {
      const at = this.find(end, from);
      if (at >= 0) return this.behind('>', at);
    }
    // An element that never ends: hide nothing rather than everything.
    return from;
  }
}

/** 1 when the element is a quotation, Infinity when everything from here on is one, else 0. */
function quoteDepth(name: string, tag: string): number {
  if (name === 'blockquote' || name === 'includetail') return 1;
  if (name !== 'div' && name !== 'table' && name !== 'span' && name !== 'hr') return 0;
  const lower = tag.toLowerCase();
  const id = /\sid\s{0,3}=\s{0,3}["']?([^"'>\s]{0,100})/.exec(lower)?.[1] ?? '';
  if (QUOTE_ID.test(id)) return Number.POSITIVE_INFINITY;
  const classes = /class\s{0,3}=\s{0,3}["']?([^"'>]{0,200})/.exec(lower)?.[1] ?? '';
  return QUOTE_CLASS.test(classes) ? 1 : 0;
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}\d?));?/gi,
    (all, dec?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
      const code = dec !== undefined ? Number(dec) : Number.parseInt(hex ?? '0', 16);
      return code > 31 && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ';
    },
  );
}

/** At most two line breaks in a row, no white space around lines. */
function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
