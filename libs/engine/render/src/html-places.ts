import type { HtmlScan, Place } from './html-scan.js';
import { LIMITS } from './limits.js';
import { lineCounter, quoted, templateError } from './problems.js';
import type { TemplateProblem, TemplateProperty } from './problems.js';
import type { TemplateTag } from './template-tags.js';

/** Attributes whose value is a URL; data there must make an http, https, mailto or tel address. */
export const URL_ATTRIBUTES: readonly string[] = [
  'href',
  'src',
  'background',
  'action',
  'cite',
  'poster',
  'data',
  'longdesc',
  'xlink:href',
];
/** Attributes that are code or lists of URLs, where no escaping is enough. */
const CODE_ATTRIBUTES = /^(?:on.*|srcdoc|srcset|content|http-equiv|formaction|ping|manifest|classid|codebase|xmlns.*)$/;

/**
 * Refuses `{{…}}` tags in places where escaping can't hold the data in, and blocks that open and close in different
 * places: with both out of the way, the place of every value is known from the source alone.
 */
export function checkPlaces(
  source: string,
  tags: readonly TemplateTag[],
  scan: HtmlScan,
  property: TemplateProperty,
): TemplateProblem[] {
  const lineOf = lineCounter(source);
  const problems: TemplateProblem[] = [];
  const open: Array<{ tag: TemplateTag; state: string }> = [];
  for (const tag of tags) {
    if (problems.length >= LIMITS.problems) break;
    const place = scan.places.get(tag);
    if (!place || tag.kind === 'comment') continue;
    const line = lineOf(tag.start);
    const shown = quoted(source.slice(tag.start, tag.end));
    const reason = whyUnsafe(tag, place);
    if (reason) {
      const message = `Line ${line}: "${shown}" ${reason}`;
      problems.push(templateError(property, 'TEMPLATE_UNSAFE_PLACE', message, { line, params: { tag: shown } }));
    }
    if (tag.kind === 'open') open.push({ tag, state: place.state });
    const block = tag.kind === 'close' ? open.pop() : open.at(-1);
    if (block && block.state !== place.state && (tag.kind === 'close' || tag.kind === 'else')) {
      const opening = quoted(source.slice(block.tag.start, block.tag.end));
      const message =
        `Line ${line}: "${shown}" stands in another place of the HTML than "${opening}" on line ${lineOf(block.tag.start)}. ` +
        `Open and close a block in the same place: both between tags, or both inside the same attribute value.`;
      problems.push(templateError(property, 'TEMPLATE_UNBALANCED_BLOCK', message, { line, params: { tag: shown } }));
    }
  }
  return problems;
}

function whyUnsafe(tag: TemplateTag, place: Place): string | null {
  if (place.kind === 'unsafe') {
    if (place.element === 'unquoted value') return 'is an attribute value without quotes. Put quotes around the value.';
    return `stands in a ${place.element}, where data could change the HTML. Use it in text or in a quoted attribute value.`;
  }
  if (tag.kind !== 'value') return null;
  if (place.kind === 'attributeList') {
    return 'stands between the attributes of a tag. Use it in text or in a quoted attribute value.';
  }
  if (place.kind === 'rawText' && place.element !== 'style') {
    return `stands in a <${place.element}>, where data could become code. Use it in text or in a quoted attribute value.`;
  }
  if (place.kind === 'attributeValue' && CODE_ATTRIBUTES.test(place.attribute)) {
    return `stands in the attribute ${quoted(place.attribute)}, where data could become code. Remove it.`;
  }
  return null;
}
