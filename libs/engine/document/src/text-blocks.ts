import type { DocBlockOf } from '#contracts';
import { escapeTemplate, withTagsHidden } from '#engine/render';
import { frameOf, inlineStyle, textClass } from './block-place.js';
import type { BlockPlace } from './block-place.js';
import type { MjmlNode } from './mjml-node.js';
import { headingHtml, isBlankText, linkHtml, richTextHtml } from './rich-text-html.js';
import { sanitiseFragment } from './sanitise-fragment.js';

const HEADING_SIZES = { 1: 30, 2: 24, 3: 19 } as const;
/** Small print: quiet, but readable (7:1 on white). */
const QUIET = '#595959';

type Typography = Pick<DocBlockOf<'text'>, 'align' | 'color' | 'fontSize' | 'lineHeight'>;

function typography({ align, color, fontSize, lineHeight }: Typography): NonNullable<MjmlNode['attributes']> {
  return { align, color, 'font-size': fontSize && `${fontSize}px`, 'line-height': lineHeight };
}

export function textBlock(block: DocBlockOf<'text'>, place: BlockPlace): MjmlNode[] {
  const attributes = { ...frameOf(block, textClass(place, block, block.color)), ...typography(block) };
  return [{ tagName: 'mj-text', attributes, content: richTextHtml(block.content, inlineStyle(place, block)) }];
}

export function headingBlock(block: DocBlockOf<'heading'>, place: BlockPlace): MjmlNode[] {
  if (isBlankText(block.content)) place.context.problem('warning', place.owner, 'BLOCK_EMPTY', 'A heading is empty.');
  const size = HEADING_SIZES[block.level as 1 | 2 | 3];
  const attributes = {
    ...frameOf(block, textClass(place, block, block.color)),
    ...typography({ ...block, fontSize: block.fontSize ?? size, lineHeight: block.lineHeight ?? 1.35 }),
  };
  const content = headingHtml(block.content, block.level, inlineStyle(place, block));
  return [{ tagName: 'mj-text', attributes, content }];
}

export function htmlBlock(block: DocBlockOf<'html'>, place: BlockPlace): MjmlNode[] {
  let removed: string[] = [];
  const content = withTagsHidden(block.html, (html) => {
    const clean = sanitiseFragment(html);
    removed = clean.removed;
    return clean.html;
  });
  if (removed.length > 0) {
    const elements = removed.slice(0, 5).join(', ');
    const message = `What no mail may have was taken out: ${elements}.`;
    place.context.problem('warning', place.owner, 'HTML_REMOVED', message, { elements });
  }
  if (content.trim() === '') return [];
  return [{ tagName: 'mj-text', attributes: frameOf(block, textClass(place, block, null)), content }];
}

/** Why one gets the mail, the ways out, and who sent it from where. */
export function unsubscribeFooterBlock(block: DocBlockOf<'unsubscribeFooter'>, place: BlockPlace): MjmlNode[] {
  const style = inlineStyle(place, block);
  const color = block.color ?? QUIET;
  const link = (href: string, label: string) => linkHtml(href, escapeTemplate(label), style, color);
  const links = [link('{{unsubscribeUrl}}', block.unsubscribeLabel)];
  if (block.webVersionLabel) links.push(link('{{webVersionUrl}}', block.webVersionLabel));
  const address =
    '<p style="margin:0">{{workspace.name}}{{#if workspace.postalAddress}} · {{workspace.postalAddress}}{{/if}}</p>';
  const content = [
    isBlankText(block.content) ? '' : `<div style="margin:0 0 0.4em">${richTextHtml(block.content, style)}</div>`,
    block.showAddress ? address : '',
    `<p style="margin:0.4em 0 0">${links.join(' &nbsp;·&nbsp; ')}</p>`,
  ].join('\n');
  const attributes = {
    ...frameOf(block, textClass(place, block, color)),
    ...typography({ ...block, color, fontSize: block.fontSize ?? 12 }),
  };
  return [{ tagName: 'mj-text', attributes, content }];
}
