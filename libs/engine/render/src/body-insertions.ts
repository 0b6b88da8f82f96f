import { scanHtml } from './html-scanner.js';
import { LIMITS } from './limits.js';
import { scanTemplateTags } from './template-tags.js';

/** Hidden characters after the preheader, so that the inbox list does not go on with the mail's first words. */
const PREHEADER_PADDING = '&#847;&zwnj;&nbsp;'.repeat(60);
const HIDDEN =
  'display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;';

/**
 * Inserts `first` right after `<body>` (or before everything in a fragment) and `last` right before `</body>` (or at
 * the end).
 */
export function insertInBody(html: string, first: string, last: string): string {
  const { tags } = scanHtml(html, scanTemplateTags(html, 'html', LIMITS.internalTags).tags);
  const body = tags.find((tag) => tag.name === 'body' && !tag.closing && !tag.conditional);
  const head = tags.findLast((tag) => tag.name === 'head' && tag.closing && !tag.conditional);
  const bodyEnd = tags.findLast((tag) => tag.name === 'body' && tag.closing && !tag.conditional);
  const htmlEnd = tags.findLast((tag) => tag.name === 'html' && tag.closing && !tag.conditional);
  const start = body?.end ?? head?.end ?? 0;
  const end = Math.max(start, bodyEnd?.start ?? htmlEnd?.start ?? html.length);
  return html.slice(0, start) + first + html.slice(start, end) + last + html.slice(end);
}

/** The hidden element that inbox lists show beside the subject; `preheader` is an HTML template. */
export function preheaderElement(preheader: string): string {
  return `<div style="${HIDDEN}">${preheader}${PREHEADER_PADDING}</div>`;
}
