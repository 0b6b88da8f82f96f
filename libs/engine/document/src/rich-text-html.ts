import type { Inline, Mark, MergeFormat, RichText, RichTextNode, TextList } from '#contracts';
import { escapeTemplate } from '#engine/render';
import { literal } from './condition-template.js';

/** What rich text needs of its surroundings. */
export interface InlineStyle {
  linkColor: string;
  /** The address if it may stand in a mail, else null, with the problem told. */
  hrefOf(href: string): string | null;
  /** Class that turns the colour lighter where the mail is shown dark. */
  darkClass(color: string): string;
}

const FORMAT_HELPERS: Record<MergeFormat, (path: string) => string> = {
  upper: (path) => `(upper ${path})`,
  lower: (path) => `(lower ${path})`,
  capitalize: (path) => `(capitalize ${path})`,
  date: (path) => `(formatDate ${path} "date")`,
  dateTime: (path) => `(formatDate ${path} "dateTime")`,
  time: (path) => `(formatDate ${path} "time")`,
  dateZh: (path) => `(formatDate ${path} "zh")`,
  dateZhShort: (path) => `(formatDate ${path} "zhShort")`,
  dateEn: (path) => `(formatDate ${path} "en")`,
  dateUs: (path) => `(formatDate ${path} "us")`,
  number: (path) => `(formatNumber ${path})`,
  number0: (path) => `(formatNumber ${path} 0)`,
  number2: (path) => `(formatNumber ${path} 2)`,
};

const HEADING_SCALE = { 1: 1.75, 2: 1.375, 3: 1.125 } as const;
const SPACE = 'margin:0 0 0.6em';
const LAST = 'margin:0';

/** Blocks of rich text as HTML for mj-text: paragraphs, headings, lists. */
export function richTextHtml(content: RichText, style: InlineStyle): string {
  const last = content.content.length - 1;
  return content.content.map((node, index) => nodeHtml(node, index === last, style)).join('\n');
}

/** The paragraphs as headings of one level. */
export function headingHtml(content: RichText, level: number, style: InlineStyle): string {
  const last = content.content.length - 1;
  return content.content
    .map((node, index) => {
      const inner =
        'attrs' in node && node.type !== 'paragraph' && node.type !== 'heading' ? '' : inlineOf(node, style);
      return `<h${level} style="${index === last ? LAST : SPACE};font-size:inherit;line-height:inherit;font-weight:bold">${inner}</h${level}>`;
    })
    .join('\n');
}

/** True where a reader would see nothing. */
export function isBlankText(content: RichText): boolean {
  return !/"(?:mergeTag|text)"/.test(JSON.stringify(content.content.map(({ content: inner }) => inner ?? [])));
}

function nodeHtml(node: RichTextNode, isLast: boolean, style: InlineStyle): string {
  const margin = isLast ? LAST : SPACE;
  if (node.type === 'paragraph') {
    return `<p style="${margin}${alignOf(node.attrs?.textAlign)}">${inlineOf(node, style) || '&nbsp;'}</p>`;
  }
  if (node.type === 'heading') {
    const { level, textAlign } = node.attrs;
    const size = HEADING_SCALE[level as 1 | 2 | 3];
    return `<h${level} style="${margin};font-size:${size}em;line-height:1.35;font-weight:bold${alignOf(textAlign)}">${inlineOf(node, style)}</h${level}>`;
  }
  return listHtml(node, margin, style);
}

function listHtml(list: TextList, margin: string, style: InlineStyle): string {
  const tag = list.type === 'bulletList' ? 'ul' : 'ol';
  const start = tag === 'ol' && list.attrs?.start && list.attrs.start > 1 ? ` start="${list.attrs.start}"` : '';
  const items = list.content.map(({ content }) => {
    const inner = content.map((node) =>
      node.type === 'paragraph' ? inlineOf(node, style) : listHtml(node, 'margin:0.2em 0', style),
    );
    return `<li style="margin:0 0 0.3em">${inner.join(content.every(({ type }) => type === 'paragraph') ? '<br>' : '')}</li>`;
  });
  return `<${tag}${start} style="${margin};padding:0 0 0 1.5em">${items.join('')}</${tag}>`;
}

function alignOf(align: string | null | undefined): string {
  return align ? `;text-align:${align}` : '';
}

function inlineOf(node: { content?: Inline[] | undefined } | RichTextNode, style: InlineStyle): string {
  return ((node.content ?? []) as Inline[]).map((inline) => inlineHtml(inline, style)).join('');
}

function inlineHtml(inline: Inline, style: InlineStyle): string {
  if (inline.type === 'hardBreak') return '<br>';
  const inner = inline.type === 'text' ? escapeTemplate(inline.text) : mergeTag(inline.attrs);
  return (inline.marks ?? []).reduceRight((html, mark) => marked(html, mark, style), inner);
}

/** `{{default (formatDate fields.birthday "zh") "…"}}` and simpler. */
function mergeTag({ path, fallback, format }: Extract<Inline, { type: 'mergeTag' }>['attrs']): string {
  const value = format ? FORMAT_HELPERS[format](path) : path;
  if (fallback !== '') return `{{default ${value} ${literal(fallback)}}}`;
  return `{{${value.replace(/^\(|\)$/g, '')}}}`;
}

function marked(html: string, mark: Mark, style: InlineStyle): string {
  switch (mark.type) {
    case 'bold':
      return `<strong>${html}</strong>`;
    case 'italic':
      return `<em>${html}</em>`;
    case 'underline':
      return `<u>${html}</u>`;
    case 'strike':
      return `<s>${html}</s>`;
    case 'textStyle': {
      const { color } = mark.attrs;
      return color ? `<span class="${style.darkClass(color)}" style="color:${color}">${html}</span>` : html;
    }
    case 'link': {
      const href = style.hrefOf(mark.attrs.href);
      return href === null ? html : linkHtml(href, html, style);
    }
  }
}

/** A link in running text. */
export function linkHtml(href: string, html: string, style: InlineStyle, color = style.linkColor): string {
  const dark = style.darkClass(color);
  return `<a href="${escapeTemplate(href)}" class="${dark}" style="color:${color};text-decoration:underline">${html}</a>`;
}
