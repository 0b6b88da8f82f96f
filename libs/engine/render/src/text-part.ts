import { convert } from 'html-to-text';
import { LIMITS } from './limits.js';
import { maskRanges } from './mask.js';
import type { MaskedRange } from './mask.js';
import { parseTemplate } from './parse-template.js';
import { scanTemplateTags } from './template-tags.js';
import type { TemplateTag } from './template-tags.js';

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/**
 * The text part for a rewritten HTML template: headings as written, images left out, links as "label ( url )" through
 * the same tracked slots. Null if the blocks of the template don't survive as text.
 */
export function textFromHtml(html: string): string | null {
  const { tags } = scanTemplateTags(html, 'html', LIMITS.internalTags);
  const masked = maskRanges(html, wholeUrls(tags));
  if (masked.text.length > LIMITS.outputLength) return null;
  let text: string;
  try {
    text = convert(masked.text, {
      wordwrap: false,
      selectors: [
        { selector: 'a', options: { linkBrackets: ['( ', ' )'], ignoreHref: false, noAnchorUrl: true } },
        { selector: 'img', format: 'skip' },
        { selector: '[style*="display:none"]', format: 'skip' },
        { selector: '[style*="display: none"]', format: 'skip' },
        ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
        { selector: 'ul', options: { itemPrefix: '- ' } },
      ],
      limits: { maxInputLength: LIMITS.outputLength, maxDepth: LIMITS.elementDepth + 50, ellipsis: '…' },
    });
  } catch {
    return null;
  }
  // Braces the author wrote as \{{ or &#123; are text and must not become a tag.
  const literal = text.replace(/\\?\{\{/g, '{{hy-braces}}');
  const restored = masked
    .restore(literal)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return parseTemplate(restored, 'text', { internal: true }).parsed ? restored : null;
}

const URLS = ['hy-url', 'hy-link-url'];

/** One range for each `{{#hy-url}}…{{/hy-url}}` or the like, its content included, and one for every other tag. */
function wholeUrls(tags: readonly TemplateTag[]): MaskedRange[] {
  const ranges: MaskedRange[] = [];
  let opening: TemplateTag | null = null;
  for (const tag of tags) {
    if (URLS.includes(tag.name) && tag.kind === 'open') opening = tag;
    else if (URLS.includes(tag.name) && tag.kind === 'close' && opening) {
      ranges.push({ start: opening.start, end: tag.end });
      opening = null;
    } else if (!opening) ranges.push(tag);
  }
  return ranges;
}
