import type { DocBlock, Padding } from '#contracts';
import type { DocumentContext } from './context.js';
import { hideClass } from './context.js';
import type { MjmlNode, Owner } from './mjml-node.js';
import type { InlineStyle } from './rich-text-html.js';

/** Where a block stands: whose it is, how wide it may be, on what. */
export interface BlockPlace {
  context: DocumentContext;
  owner: Owner;
  /** Pixels of the column inside its padding. */
  width: number;
  /** Nothing around it has a colour of its own. */
  turnsDark: boolean;
}

type Styled = Exclude<DocBlock, { type: 'reusable' }>;

export function cssPadding({ top, right, bottom, left }: Padding): string {
  return `${top}px ${right}px ${bottom}px ${left}px`;
}

/** Background, padding and class of a block's one element. */
export function frameOf(block: Styled, extraClass = ''): NonNullable<MjmlNode['attributes']> {
  const classes = `${extraClass}${hideClass(block.hideOn, 'block')}`.trim();
  return {
    padding: cssPadding(block.padding),
    'container-background-color': block.bg,
    'css-class': classes === '' ? null : classes,
  };
}

/** The padding of one of several elements of a block: the outer space is the block's, between them is `gap`. */
export function framesOf(block: Styled, count: number, gap = 8): NonNullable<MjmlNode['attributes']>[] {
  const { top, right, bottom, left } = block.padding;
  return Array.from({ length: count }, (_, index) => ({
    ...frameOf(block),
    padding: cssPadding({
      top: index === 0 ? top : 0,
      right,
      bottom: index === count - 1 ? bottom : gap,
      left,
    }),
  }));
}

/** Pixels inside the block's padding. */
export function innerWidth(block: Styled, width: number): number {
  return Math.max(20, Math.floor(width - block.padding.left - block.padding.right));
}

export function inlineStyle({ context, owner, turnsDark }: BlockPlace, block: Styled): InlineStyle {
  return context.inline(owner, turnsDark && block.bg === null);
}

/** Class of text: the document's own colour turns light on dark, an own colour gets lighter as needed. */
export function textClass({ context, turnsDark }: BlockPlace, block: Styled, color: string | null): string {
  if (!turnsDark || block.bg !== null) return '';
  return color ? context.darkClass(color) : 'hy-t';
}
