import type { DocBlockOf } from '#contracts';
import { escapeTemplate } from '#engine/render';
import { frameOf, inlineStyle, textClass } from './block-place.js';
import type { BlockPlace } from './block-place.js';
import type { MjmlNode } from './mjml-node.js';

export function dividerBlock(block: DocBlockOf<'divider'>, place: BlockPlace): MjmlNode[] {
  const attributes = {
    ...frameOf(block, place.turnsDark && block.bg === null ? 'hy-line' : ''),
    'border-color': block.color,
    'border-width': `${block.thickness}px`,
    'border-style': block.style,
    width: `${block.widthPercent}%`,
  };
  return [{ tagName: 'mj-divider', attributes }];
}

export function spacerBlock(block: DocBlockOf<'spacer'>): MjmlNode[] {
  return [{ tagName: 'mj-spacer', attributes: { ...frameOf(block), height: `${block.height}px` } }];
}

export function menuBlock(block: DocBlockOf<'menu'>, place: BlockPlace): MjmlNode[] {
  const color = block.color ?? place.context.settings.linkColor;
  return linkLine(block, place, block.fontSize, `color:${color};text-decoration:none`, color);
}

/** The networks by name: their pictures would have to be loaded from somewhere. */
export function socialBlock(block: DocBlockOf<'social'>, place: BlockPlace): MjmlNode[] {
  const { linkColor, accent } = place.context.settings;
  if (block.style === 'text') {
    const color = block.color ?? linkColor;
    return linkLine(block, place, null, `color:${color};text-decoration:underline`, color);
  }
  const fill = block.color ?? accent;
  const pill = `display:inline-block;background:${fill};color:#ffffff;border-radius:14px;padding:4px 14px;margin:3px 0;font-size:13px;line-height:1.5;text-decoration:none`;
  return linkLine(block, place, null, pill, null);
}

/** Links beside one another. @param color of the links where it may have to turn lighter on dark */
function linkLine(
  block: DocBlockOf<'menu'> | DocBlockOf<'social'>,
  place: BlockPlace,
  fontSize: number | null,
  style: string,
  color: string | null,
): MjmlNode[] {
  const { darkClass } = inlineStyle(place, block);
  const links = block.items.flatMap(({ label, href }) => {
    const target = place.context.hrefOf(href, place.owner);
    if (target === null || label.trim() === '') return [];
    const classes = color ? ` class="${darkClass(color)}"` : '';
    return [`<a href="${escapeTemplate(target)}"${classes} style="${style}">${escapeTemplate(label)}</a>`];
  });
  if (links.length === 0) return [];
  const attributes = {
    ...frameOf(block, textClass(place, block, null)),
    align: block.align,
    'font-size': fontSize && `${fontSize}px`,
  };
  return [{ tagName: 'mj-text', attributes, content: links.join(' &nbsp;&nbsp; ') }];
}
