import type { HtmlAttribute, HtmlScan, HtmlTag, Place } from './html-scan.js';
import type { TemplateTag } from './template-tags.js';

/** HTML's own white space: a no-break space is part of a name. */
const SPACE = /[\t\n\f\r ]/;
const RAW_TEXT = ['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes'];
const CONDITIONAL = /^<!--\[if\b[^\]]{0,200}\]>/i;
const REVEALED = /^<!--\[if\b[^\]]{0,200}\]>\s{0,20}(?:<!)?-->/i;

/**
 * A tolerant single-pass scanner of HTML with `{{…}}` tags in it, which are opaque. It changes nothing: what is found is
 * edited in place by offset, so the rest of a mail, Outlook's conditionals included, leaves byte for byte as written.
 */
export function scanHtml(source: string, templateTags: readonly TemplateTag[]): HtmlScan {
  const scan: HtmlScan = { tags: [], ranges: [], places: new Map() };
  new Scanner(source, templateTags, scan).content(source.length, false);
  return scan;
}

class Scanner {
  private at = 0;
  private nextTag = 0;
  /** Raw-text elements known to have no end tag ahead, so that a thousand of them don't search the source each. */
  private readonly endless = new Set<string>();

  constructor(
    private readonly source: string,
    private readonly templateTags: readonly TemplateTag[],
    private readonly scan: HtmlScan,
  ) {}

  content(end: number, conditional: boolean): void {
    while (this.at < end) {
      const angle = this.find('<', end);
      const stop = angle === -1 ? end : angle;
      this.pass(stop, { kind: 'text', element: '', attribute: '', state: `text ${conditional}`, conditional });
      // A template tag may reach past the `<` that was found, as in {{default name "<3"}}.
      if (this.at > stop) continue;
      this.at = stop;
      if (stop < end) this.markup(end, conditional);
    }
    this.at = Math.max(this.at, end);
  }

  private markup(end: number, conditional: boolean): void {
    const { source, at } = this;
    if (source.startsWith('<!--', at)) return this.comment(end, conditional);
    if (/[a-zA-Z]/.test(source[at + 1] ?? '') || (source[at + 1] === '/' && /[a-zA-Z]/.test(source[at + 2] ?? ''))) {
      return this.tag(end, conditional);
    }
    const isDeclaration = /[!?/]/.test(source[at + 1] ?? '');
    if (isDeclaration) {
      const close = source.indexOf('>', at);
      const stop = close === -1 || close >= end ? end : close + 1;
      this.pass(stop, unsafe('declaration', conditional));
      this.at = Math.max(this.at, stop);
      return;
    }
    this.at = at + 1;
    // "<{{name}}" would let the data name the tag.
    this.pass(this.at + 1, unsafe('tag name', conditional), true);
  }

  private comment(end: number, conditional: boolean): void {
    const { source, at } = this;
    const head = source.slice(at, at + 260);
    const revealed = REVEALED.exec(head);
    if (revealed) {
      this.at = at + revealed[0].length;
      return;
    }
    const close = source.indexOf('-->', at + 4);
    const stop = close === -1 || close + 3 > end ? end : close + 3;
    const opening = CONDITIONAL.exec(head);
    if (opening && close !== -1 && close + 3 <= end && /<!\[endif\]$/i.test(source.slice(close - 9, close))) {
      this.at = at + opening[0].length;
      this.content(close - 9, true);
      this.at = Math.max(this.at, stop);
      return;
    }
    const state = `comment ${at}`;
    this.pass(stop, { kind: 'comment', element: '', attribute: '', state, conditional });
    this.at = Math.max(this.at, stop);
    this.scan.ranges.push({ kind: 'comment', start: at, end: this.at });
  }

  private tag(end: number, conditional: boolean): void {
    const { source } = this;
    const start = this.at;
    const closing = source[start + 1] === '/';
    const nameStart = start + (closing ? 2 : 1);
    this.at = this.run(nameStart, end, /[^\t\n\f\r />]/);
    const name = source.slice(nameStart, this.at).toLowerCase();
    this.pass(this.at + 1, unsafe('tag name', conditional), true);
    const tag: HtmlTag = { name, closing, start, end: 0, attributes: [], conditional };
    const firstPlace = this.nextTag;
    const closed = this.attributes(tag, end);
    if (!closed) this.markUnsafe(firstPlace, conditional);
    tag.end = this.at;
    this.scan.tags.push(tag);
    if (!closing && closed && RAW_TEXT.includes(name)) this.rawText(name, end, conditional);
  }

  /** Reads attributes up to and with `>`; false where the source ends first. */
  private attributes(tag: HtmlTag, end: number): boolean {
    const { source } = this;
    const { conditional, name: element } = tag;
    const list: Place = { kind: 'attributeList', element, attribute: '', state: `list ${tag.start}`, conditional };
    while (this.at < end) {
      const template = this.templateTags[this.nextTag];
      if (template?.start === this.at) {
        // In `{{#if a}}on{{/if}}click="…"` the data would choose the attribute's name.
        const joins = template.kind === 'close' && !/[\t\n\f\r />]/.test(source[template.end] ?? '');
        this.pass(this.at + 1, joins ? unsafe('attribute name', conditional) : list);
        continue;
      }
      const char = source[this.at] ?? '';
      if (char === '>') {
        this.at += 1;
        return true;
      }
      if (char === '/' || SPACE.test(char)) this.at += 1;
      else this.attribute(tag, end);
    }
    return false;
  }

  private attribute(tag: HtmlTag, end: number): void {
    const { source } = this;
    const start = this.at;
    // A first "=" belongs to the name, as in browsers.
    this.at = this.run(start + 1, end, /[^\t\n\f\r />=]/);
    const name = source.slice(start, this.at).toLowerCase();
    const template = this.templateTags[this.nextTag];
    if (template?.start === this.at) {
      // `{{#if a}}selected{{/if}}` is fine, `data-{{x}}` is not.
      const ends = template.kind === 'close' || template.kind === 'else';
      if (!ends) this.pass(this.at + 1, unsafe('attribute name', tag.conditional));
    }
    const attribute: HtmlAttribute = { name, start, value: null, valueStart: this.at, valueEnd: this.at };
    tag.attributes.push(attribute);
    const equals = this.run(this.at, end, SPACE);
    if (source[equals] !== '=' || this.templateTags[this.nextTag]?.start === this.at) return;
    this.at = this.run(equals + 1, end, SPACE);
    this.value(attribute, tag, end);
  }

  private value(attribute: HtmlAttribute, tag: HtmlTag, end: number): void {
    const { source } = this;
    const { conditional, name: element } = tag;
    const quote = source[this.at] ?? '';
    if (quote === '"' || quote === "'") {
      this.at += 1;
      attribute.valueStart = this.at;
      const state = `value ${this.at}`;
      const close = this.findBeyondTags(quote, end, {
        kind: 'attributeValue',
        element,
        attribute: attribute.name,
        state,
        conditional,
      });
      attribute.valueEnd = close === -1 ? end : close;
      this.at = close === -1 ? end : close + 1;
    } else {
      attribute.valueStart = this.at;
      while (this.at < end && !/[\t\n\f\r >]/.test(source[this.at] ?? '')) {
        if (this.templateTags[this.nextTag]?.start === this.at)
          this.pass(this.at + 1, unsafe('unquoted value', conditional));
        else this.at += 1;
      }
      attribute.valueEnd = this.at;
    }
    attribute.value = source.slice(attribute.valueStart, attribute.valueEnd);
  }

  private rawText(element: string, end: number, conditional: boolean): void {
    const start = this.at;
    const closing = new RegExp(`</${element}(?=[\\s/>])`, 'gi');
    const state = `raw ${start}`;
    const isText = element === 'title' || element === 'textarea';
    const place: Place = { kind: isText ? 'text' : 'rawText', element, attribute: '', state, conditional };
    for (;;) {
      closing.lastIndex = this.at;
      const found = this.endless.has(element) ? null : closing.exec(this.source);
      if (!found) this.endless.add(element);
      const stop = found && found.index < end ? found.index : end;
      this.pass(stop, place);
      if (this.at > stop && this.at < end) continue;
      this.at = Math.max(this.at, stop);
      break;
    }
    if (element === 'style' || element === 'script') {
      this.scan.ranges.push({ kind: element, start, end: this.at });
    }
  }

  /** The next `char` before `end` that is not inside a template tag; tags on the way get `place`. */
  private findBeyondTags(char: string, end: number, place: Place): number {
    for (;;) {
      const found = this.find(char, end);
      const stop = found === -1 ? end : found;
      this.pass(stop, place);
      if (this.at <= stop) return found;
    }
  }

  private find(char: string, end: number): number {
    const found = this.source.indexOf(char, this.at);
    return found === -1 || found >= end ? -1 : found;
  }

  /** Moves over the template tags that start before `stop`; with `adjacent`, only over those that follow each other. */
  private pass(stop: number, place: Place, adjacent = false): void {
    for (;;) {
      const tag = this.templateTags[this.nextTag];
      if (!tag || tag.start >= stop || (adjacent && tag.start !== this.at)) return;
      this.scan.places.set(tag, place);
      this.nextTag += 1;
      this.at = Math.max(this.at, tag.end);
      if (adjacent) stop = this.at + 1;
    }
  }

  private markUnsafe(from: number, conditional: boolean): void {
    for (const tag of this.templateTags.slice(from, this.nextTag)) {
      this.scan.places.set(tag, unsafe('unfinished tag', conditional));
    }
  }

  private run(from: number, end: number, wanted: RegExp): number {
    const limit = Math.min(end, this.templateTags[this.nextTag]?.start ?? end);
    let at = from;
    while (at < limit && wanted.test(this.source[at] ?? '')) at += 1;
    return Math.max(at, Math.min(from, limit));
  }
}

function unsafe(element: string, conditional: boolean): Place {
  return { kind: 'unsafe', element, attribute: '', state: 'unsafe', conditional };
}
