import type { DocBlock } from '#contracts';
import type { BlockPlace } from './block-place.js';
import { dividerBlock, menuBlock, socialBlock, spacerBlock } from './line-blocks.js';
import { buttonBlock, imageBlock, imageTextBlock, productBlock, videoBlock } from './media-blocks.js';
import type { MjmlNode } from './mjml-node.js';
import { headingBlock, htmlBlock, textBlock, unsubscribeFooterBlock } from './text-blocks.js';

/** One block as MJML, with its condition around it. */
export function blockNodes(block: DocBlock, place: BlockPlace): MjmlNode[] {
  const nodes = render(block, place).map((node) => ({ ...node, owner: place.owner }));
  return place.context.onlyIf(block.visibleIf, place.owner, nodes);
}

function render(block: DocBlock, place: BlockPlace): MjmlNode[] {
  switch (block.type) {
    case 'text':
      return textBlock(block, place);
    case 'heading':
      return headingBlock(block, place);
    case 'image':
      return imageBlock(block, place);
    case 'button':
      return buttonBlock(block, place);
    case 'divider':
      return dividerBlock(block, place);
    case 'spacer':
      return spacerBlock(block);
    case 'social':
      return socialBlock(block, place);
    case 'imageText':
      return imageTextBlock(block, place);
    case 'product':
      return productBlock(block, place);
    case 'video':
      return videoBlock(block, place);
    case 'menu':
      return menuBlock(block, place);
    case 'html':
      return htmlBlock(block, place);
    case 'unsubscribeFooter':
      return unsubscribeFooterBlock(block, place);
    case 'reusable':
      return savedBlock(block, place);
  }
}

function savedBlock({ ref, hideOn }: Extract<DocBlock, { type: 'reusable' }>, place: BlockPlace): MjmlNode[] {
  const saved = place.context.saved.get(ref);
  if (!saved) {
    place.context.problem('error', place.owner, 'SAVED_BLOCK_MISSING', 'The saved block is gone. Take this one out.');
    return [];
  }
  if (saved.kind === 'section') {
    const message = 'A saved section must be alone in a section of one column.';
    place.context.problem('error', place.owner, 'SAVED_BLOCK_MISPLACED', message);
    return [];
  }
  // Saved blocks hold no further saved ones: it would never end.
  if (saved.block.type === 'reusable') return [];
  return blockNodes({ ...saved.block, hideOn: hideOn ?? saved.block.hideOn }, place);
}
