import type { ButtonStyle, DocBlockOf, Picture } from '#contracts';
import { escapeTemplate } from '#engine/render';
import { frameOf, framesOf, inlineStyle, innerWidth, textClass } from './block-place.js';
import type { BlockPlace } from './block-place.js';
import type { MjmlNode } from './mjml-node.js';
import { isBlankText, linkHtml, richTextHtml } from './rich-text-html.js';

type Attributes = NonNullable<MjmlNode['attributes']>;

export function imageBlock(block: DocBlockOf<'image'>, place: BlockPlace): MjmlNode[] {
  const width = Math.round((innerWidth(block, place.width) * block.widthPercent) / 100);
  const picture = pictureNode(block.image, width, block.href, place, frameOf(block));
  if (!picture) return [];
  return [{ ...picture, attributes: { ...picture.attributes, align: block.align, 'border-radius': px(block.radius) } }];
}

/** A picture that leads to the video, and the same in words. */
export function videoBlock(block: DocBlockOf<'video'>, place: BlockPlace): MjmlNode[] {
  const href = place.context.hrefOf(block.href, place.owner);
  const [top, bottom] = framesOf(block, 2);
  const picture = pictureNode(block.image, innerWidth(block, place.width), null, place, top ?? {});
  const style = inlineStyle(place, block);
  const words = block.label.trim() === '' ? '' : escapeTemplate(block.label);
  return [
    ...(picture ? [{ ...picture, attributes: { ...picture.attributes, href, align: block.align } }] : []),
    ...(words && href ? [text({ ...bottom, align: block.align }, linkHtml(href, words, style))] : []),
  ];
}

export function buttonBlock(block: DocBlockOf<'button'>, place: BlockPlace): MjmlNode[] {
  const { align, fontSize, fullWidth } = block;
  // The background is the button's own.
  const frame = frameOf({ ...block, bg: null });
  const button = buttonNode(block, place, { ...frame, align, 'font-size': fontSize && `${fontSize}px` });
  if (!button) return [];
  return [fullWidth ? { ...button, attributes: { ...button.attributes, width: '100%' } } : button];
}

export function productBlock(block: DocBlockOf<'product'>, place: BlockPlace): MjmlNode[] {
  const { align, image, title, description, price, oldPrice, button, href } = block;
  const [first, second, third] = framesOf(block, 3, 12);
  const nodes: MjmlNode[] = [];
  if (image) {
    const picture = pictureNode(image, innerWidth(block, place.width), href, place, { ...first, align });
    if (picture) nodes.push(picture);
  }
  const style = inlineStyle(place, block);
  const target = href ? place.context.hrefOf(href, place.owner) : null;
  const name = escapeTemplate(title);
  const old = oldPrice ? ` <s style="font-weight:normal;opacity:.65">${escapeTemplate(oldPrice)}</s>` : '';
  const lines = [
    `<p style="margin:0 0 4px;font-weight:bold">${target ? linkHtml(target, name, style) : name}</p>`,
    description.trim() === '' ? '' : `<p style="margin:0 0 4px">${escapeTemplate(description)}</p>`,
    `<p style="margin:0;font-weight:bold">${escapeTemplate(price)}${old}</p>`,
  ];
  const words: Attributes = { ...(nodes.length > 0 ? second : first), 'css-class': classOf(block, place) };
  nodes.push(text({ ...words, align }, lines.join('\n')));
  const made = button && buttonNode(button, place, { ...third, align });
  if (made) nodes.push(made);
  return nodes;
}

/**
 * Picture and text side by side, under one another where it is narrow: two boxes that stand in a line as long as there
 * is room, and a table for Outlook, which knows no such boxes.
 */
export function imageTextBlock(block: DocBlockOf<'imageText'>, place: BlockPlace): MjmlNode[] {
  const { image, side, imagePercent, content, button, align, color, fontSize, lineHeight } = block;
  const width = innerWidth(block, place.width);
  const imageWidth = Math.floor((width * imagePercent) / 100);
  const textWidth = width - imageWidth;
  const style = inlineStyle(place, block);
  const href = block.href ? place.context.hrefOf(block.href, place.owner) : null;
  const picture = pictureHtml(image, imageWidth, place);
  const made = button && buttonHtml(button, place);
  const words = `${isBlankText(content) ? '' : richTextHtml(content, style)}${made ? `<p style="margin:12px 0 0">${made}</p>` : ''}`;
  const gap = side === 'left' ? '0 0 0 20px' : '0 20px 0 0';
  const halves = [
    box(
      'hy-half',
      imageWidth,
      'padding:0',
      href && picture ? `<a href="${escapeTemplate(href)}">${picture}</a>` : picture,
    ),
    box('hy-half hy-half-text', textWidth, `padding:${gap};box-sizing:border-box`, words),
  ];
  const [first, second] = side === 'left' ? halves : halves.reverse();
  const [firstWidth, secondWidth] = side === 'left' ? [imageWidth, textWidth] : [textWidth, imageWidth];
  const html = `<!--[if mso]><table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%"><tr><td width="${firstWidth}" valign="top"><![endif]-->${first}<!--[if mso]></td><td width="${secondWidth}" valign="top"><![endif]-->${second}<!--[if mso]></td></tr></table><![endif]-->`;
  const attributes = {
    ...frameOf(block, textClass(place, block, color)),
    align,
    color,
    'font-size': fontSize && px(fontSize),
    'line-height': lineHeight,
  };
  return [text(attributes, html)];
}

const px = (value: number) => `${value}px`;

function box(classes: string, width: number, style: string, content: string): string {
  return `<div class="${classes}" style="display:inline-block;vertical-align:top;width:100%;max-width:${width}px;${style}">${content}</div>`;
}

function text(attributes: Attributes, content: string): MjmlNode {
  return { tagName: 'mj-text', attributes, content };
}

function classOf(block: DocBlockOf<'product'>, place: BlockPlace): string | null {
  return frameOf(block, textClass(place, block, null))['css-class'] as string | null;
}

function isChosen(picture: Picture, place: BlockPlace): boolean {
  if (picture.src.trim() !== '') return true;
  place.context.problem('warning', place.owner, 'PICTURE_MISSING', 'No picture has been chosen yet.');
  return false;
}

function pictureNode(
  picture: Picture,
  width: number,
  href: string | null,
  place: BlockPlace,
  attributes: Attributes,
): MjmlNode | null {
  if (!isChosen(picture, place)) return null;
  const target = href ? place.context.hrefOf(href, place.owner) : null;
  const { src, alt } = picture;
  const most = picture.width ? Math.min(width, picture.width) : width;
  return { tagName: 'mj-image', attributes: { ...attributes, src: src.trim(), alt, href: target, width: px(most) } };
}

function pictureHtml(picture: Picture, width: number, place: BlockPlace): string {
  if (!isChosen(picture, place)) return '';
  if (picture.alt === null) {
    place.context.problem('warning', place.owner, 'IMAGE_ALT_MISSING', 'The picture has no alt text.', {
      url: picture.src.slice(0, 60),
    });
  }
  const src = /^(?:https?:\/\/|\{\{)/i.test(picture.src.trim()) ? picture.src.trim() : '';
  return `<img src="${escapeTemplate(src)}" alt="${escapeTemplate(picture.alt ?? '')}" width="${width}" style="display:block;width:100%;max-width:${width}px;height:auto;border:0">`;
}

function buttonNode(
  { label, href, bg, color, radius }: ButtonStyle,
  place: BlockPlace,
  attributes: Attributes,
): MjmlNode | null {
  const target = place.context.hrefOf(href, place.owner);
  if (label.trim() === '') {
    place.context.problem('warning', place.owner, 'BLOCK_EMPTY', 'A button has no words.');
    return null;
  }
  return {
    tagName: 'mj-button',
    attributes: {
      ...attributes,
      href: target,
      'background-color': bg ?? place.context.settings.accent,
      color: color ?? '#ffffff',
      'border-radius': px(radius),
      'inner-padding': '12px 24px',
      'font-weight': 'bold',
      'line-height': '1.4',
    },
    content: escapeTemplate(label),
  };
}

/** A button inside text, where no mj-button can stand. */
function buttonHtml({ label, href, bg, color, radius }: ButtonStyle, place: BlockPlace): string | null {
  const target = place.context.hrefOf(href, place.owner);
  if (label.trim() === '' || target === null) return null;
  const back = bg ?? place.context.settings.accent;
  return `<a href="${escapeTemplate(target)}" style="display:inline-block;background:${back};color:${color ?? '#ffffff'};border-radius:${radius}px;padding:8px 18px;font-weight:bold;line-height:1.4;text-decoration:none">${escapeTemplate(label)}</a>`;
}
