import { decodeEntities, escapeHtml } from './escape.js';
import { attributeOf, linkKind } from './html-checks.js';
import { URL_ATTRIBUTES } from './html-places.js';
import type { HtmlAttribute, HtmlScan, HtmlTag } from './html-scan.js';
import { LIMITS } from './limits.js';
import { addParameters } from './link-parameters.js';
import type { LinkParameters } from './link-parameters.js';
import type { ParsedTemplate } from './parse-template.js';
import { lineCounter, quoted, templateError, templateWarning } from './problems.js';
import type { TemplateProblem, TemplateProperty } from './problems.js';
import type { TemplateTag } from './template-tags.js';

/** One entry of a campaign's link table. A dynamic one is a URL template, rendered for the contact at click time. */
export interface ContentLink {
  url: string;
  dynamic: boolean;
  /** What a dynamic one gets once it is rendered; others have it already. */
  parameters?: LinkParameters;
}

/** What {@link rewriteHtml} is told about the HTML at hand. */
export interface RewriteOptions {
  trackLinks: boolean;
  linkParameters: LinkParameters;
  firstLink: number;
  property: TemplateProperty;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

interface LinkAnchor {
  tag: HtmlTag;
  attribute: HtmlAttribute;
  url: string;
  dynamic: boolean;
}

/**
 * Edits HTML in place: tracked links become slots into the link table (from index `firstLink` on), URL and CSS places
 * that hold data are marked, `<script>` and comments with `{{…}}` tags go. Everything else stays byte for byte.
 */
export function rewriteHtml(
  parsed: ParsedTemplate,
  scan: HtmlScan,
  options: RewriteOptions,
): { html: string; links: ContentLink[]; problems: TemplateProblem[] } {
  const rewriter = new Rewriter(parsed, scan, options.linkParameters);
  const problems = options.trackLinks ? rewriter.trackLinks(options.firstLink, options.property) : [];
  rewriter.addParameters();
  rewriter.markPlaces();
  rewriter.removeRanges();
  return { html: rewriter.apply(), links: rewriter.links, problems };
}

class Rewriter {
  readonly links: ContentLink[] = [];
  private readonly edits: Edit[] = [];
  private readonly edited = new Set<HtmlAttribute>();

  constructor(
    private readonly parsed: ParsedTemplate,
    private readonly scan: HtmlScan,
    private readonly parameters: LinkParameters,
  ) {}

  trackLinks(firstLink: number, property: TemplateProperty): TemplateProblem[] {
    const problems: TemplateProblem[] = [];
    const lineOf = lineCounter(this.parsed.source);
    const ownContexts = ownContextRanges(this.parsed.tags);
    const anchors: LinkAnchor[] = [];
    for (const { tag, attribute, value, dynamic } of this.webLinks()) {
      if (dynamic && ownContexts.some((range) => attribute.start > range.start && attribute.start < range.end)) {
        const line = lineOf(tag.start);
        const url = quoted(value);
        const message = `Line ${line}: clicks on "${url}" are not counted, because it differs for each item of a list.`;
        // Line numbers of converted MJML mean nothing to its author.
        const details = property === 'html' ? { line, params: { url } } : { params: { url } };
        problems.push(templateWarning(property, 'LINK_NOT_TRACKED', message, details));
        continue;
      }
      const url = this.urlTemplate(attribute);
      anchors.push({ tag, attribute, dynamic, url: dynamic ? url : addParameters(url, this.parameters) });
    }
    if (anchors.length > LIMITS.links) {
      const message = `The mail has more than ${LIMITS.links} links. Split it.`;
      return [templateError(property, 'TEMPLATE_TOO_LARGE', message, { params: { limit: LIMITS.links } })];
    }
    for (const [anchor, index] of numberLinks(anchors, this.links, this.parameters)) {
      this.replace(anchor.attribute, `{{hy-link ${firstLink + index}}}`);
    }
    return problems;
  }

  /** Puts the parameters into the links that lead straight to their target. */
  addParameters(): void {
    if (this.parameters.length === 0) return;
    for (const { attribute, dynamic } of this.webLinks()) {
      if (this.edited.has(attribute)) continue;
      const url = this.urlTemplate(attribute);
      // What the data makes of a dynamic one is known when it is rendered.
      if (dynamic) this.replace(attribute, `{{#hy-link-url}}${url}{{/hy-link-url}}`);
      else {
        const changed = addParameters(url, this.parameters);
        if (changed !== url) this.replace(attribute, escapeHtml(changed));
      }
    }
  }

  /** Wraps attribute values and style sheets that hold data, so that rendering escapes it by place. */
  markPlaces(): void {
    for (const tag of this.scan.tags) {
      for (const attribute of tag.attributes) {
        if (attribute.value === null || this.edited.has(attribute)) continue;
        if (this.tagsWithin(attribute.valueStart, attribute.valueEnd).length === 0) continue;
        if (URL_ATTRIBUTES.includes(attribute.name)) {
          this.replace(attribute, `{{#hy-url}}${this.urlTemplate(attribute)}{{/hy-url}}`);
        } else if (attribute.name === 'style') this.wrapCss(attribute.valueStart, attribute.valueEnd);
      }
    }
    for (const range of this.scan.ranges) {
      if (range.kind === 'style' && this.tagsWithin(range.start, range.end).length > 0) {
        this.wrapCss(range.start, range.end);
      }
    }
  }

  removeRanges(): void {
    for (const range of this.scan.ranges) {
      if (range.kind === 'comment' && this.tagsWithin(range.start, range.end).length > 0) {
        this.edits.push({ start: range.start, end: range.end, text: '' });
      } else if (range.kind === 'script') {
        const opening = this.scan.tags.find((tag) => tag.end === range.start);
        const closing = this.scan.tags.find((tag) => tag.start === range.end);
        this.edits.push({ start: opening?.start ?? range.start, end: closing?.end ?? range.end, text: '' });
      }
    }
  }

  apply(): string {
    const { source } = this.parsed;
    const parts: string[] = [];
    let at = 0;
    for (const edit of this.edits.sort((one, other) => one.start - other.start || one.end - other.end)) {
      if (edit.start < at) continue;
      parts.push(source.slice(at, edit.start), edit.text);
      at = edit.end;
    }
    parts.push(source.slice(at));
    return parts.join('');
  }

  /** The links that lead to a web page of somebody else's, as far as their fixed text says. */
  private *webLinks(): Generator<{ tag: HtmlTag; attribute: HtmlAttribute; value: string; dynamic: boolean }> {
    for (const tag of this.scan.tags) {
      const attribute = isAnchor(tag) ? attributeOf(tag, 'href') : undefined;
      if (!attribute || attribute.value === null) continue;
      if (linkKind(decodeEntities(attribute.value)) !== 'tracked') continue;
      const dynamic = this.tagsWithin(attribute.valueStart, attribute.valueEnd).length > 0;
      yield { tag, attribute, value: attribute.value, dynamic };
    }
  }

  private replace(attribute: HtmlAttribute, text: string): void {
    const { source } = this.parsed;
    this.edited.add(attribute);
    const isQuoted = /["']/.test(source[attribute.valueStart - 1] ?? '');
    const value = isQuoted ? text : `"${text}"`;
    this.edits.push({ start: attribute.valueStart, end: attribute.valueEnd, text: value });
  }

  private wrapCss(start: number, end: number): void {
    this.edits.push({ start, end: start, text: '{{#hy-css}}' }, { start: end, end, text: '{{/hy-css}}' });
  }

  /** The value with entities decoded outside its `{{…}}` tags; what could be read as a tag or quote is encoded. */
  private urlTemplate(attribute: HtmlAttribute): string {
    const { source } = this.parsed;
    let result = '';
    let at = attribute.valueStart;
    const literal = (text: string): string =>
      decodeEntities(text)
        .replace(/[\t\n\r]+/g, '')
        .replace(/[\s{}\\"'<>`]/g, (char) => encodeURIComponent(char).replace("'", '%27'));
    for (const tag of this.tagsWithin(attribute.valueStart, attribute.valueEnd)) {
      result += literal(source.slice(at, tag.start).replace(at === attribute.valueStart ? /^\s+/ : /^$/, ''));
      if (tag.kind !== 'comment') result += source.slice(tag.start, tag.end);
      at = tag.end;
    }
    const rest = source.slice(at, attribute.valueEnd).trimEnd();
    return result + literal(at === attribute.valueStart ? rest.trimStart() : rest);
  }

  private tagsWithin(start: number, end: number): TemplateTag[] {
    const { tags } = this.parsed;
    let low = 0;
    let high = tags.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tags[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    const found: TemplateTag[] = [];
    for (let at = low; at < tags.length; at += 1) {
      const tag = tags[at];
      if (!tag || tag.start >= end) break;
      found.push(tag);
    }
    return found;
  }
}

function isAnchor(tag: HtmlTag): boolean {
  return !tag.closing && (tag.name === 'a' || tag.name === 'area' || tag.name.startsWith('v:'));
}

/**
 * Gives each anchor its index. A button drawn for Outlook as VML beside the ordinary one is one link: an anchor that
 * only Outlook sees shares the index of the next or previous ordinary anchor if the addresses are equal.
 */
function numberLinks(
  anchors: readonly LinkAnchor[],
  links: ContentLink[],
  parameters: LinkParameters,
): Map<LinkAnchor, number> {
  const numbers = new Map<LinkAnchor, number>();
  const later = parameters.length > 0 ? { parameters } : {};
  const add = ({ url, dynamic }: LinkAnchor): number => links.push({ url, dynamic, ...(dynamic ? later : {}) }) - 1;
  anchors.forEach((anchor, at) => {
    if (numbers.has(anchor)) return;
    if (!anchor.tag.conditional) {
      numbers.set(anchor, add(anchor));
      return;
    }
    let next = at;
    while (anchors[next]?.tag.conditional) next += 1;
    const twins = [anchors[next], anchors.slice(0, at).findLast((before) => !before.tag.conditional)];
    const twin = twins.find((other) => other?.url === anchor.url);
    const number = (twin && numbers.get(twin)) ?? add(anchor);
    numbers.set(anchor, number);
    if (twin) numbers.set(twin, number);
  });
  return numbers;
}

/** Ranges inside `each` and `with`, where paths start from an item that is not known at click time. */
function ownContextRanges(tags: readonly TemplateTag[]): Array<{ start: number; end: number }> {
  const open: TemplateTag[] = [];
  const ranges: Array<{ start: number; end: number }> = [];
  for (const tag of tags) {
    if (tag.kind === 'open') open.push(tag);
    if (tag.kind !== 'close') continue;
    const opening = open.pop();
    if (opening?.name === 'each' || opening?.name === 'with') ranges.push({ start: opening.start, end: tag.end });
  }
  return ranges;
}
