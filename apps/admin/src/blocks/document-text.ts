import type { Block, Doc, RichText } from './document.js';

type Json = { type: string; attrs?: Record<string, unknown>; content?: Json[]; text?: string; marks?: Json[] };

/** The words of a document as a letter: what somebody starts from who goes on in plain text. */
export function documentText({ sections }: Doc): string {
  const blocks = sections.flatMap(({ columns }) => columns.flatMap((column) => column.blocks));
  return blocks
    .map((block) => textOf(block).trim())
    .filter(Boolean)
    .join('\n\n');
}

function textOf(block: Block): string {
  switch (block.type) {
    case 'text':
    case 'heading':
      return richTextOf(block.content);
    case 'imageText':
      return [richTextOf(block.content), block.button && linkText(block.button)].filter(Boolean).join('\n\n');
    case 'button':
    case 'video':
      return linkText(block);
    case 'product':
      return [block.title, block.description, block.price, block.button && linkText(block.button)]
        .filter(Boolean)
        .join('\n');
    case 'menu':
    case 'social':
      return block.items.map(linkText).join('\n');
    case 'unsubscribeFooter':
      return `${richTextOf(block.content)}\n${linkText({ label: block.unsubscribeLabel, href: '{{unsubscribe_url}}' })}`;
    default:
      return '';
  }
}

function linkText({ label, href }: { label: string; href: string }): string {
  return href ? `${label}: ${href}` : label;
}

function richTextOf(content: RichText): string {
  return (content.content as Json[]).map((node) => nodeText(node)).join('\n');
}

function nodeText(node: Json, marker = ''): string {
  switch (node.type) {
    case 'text': {
      const link = node.marks?.find(({ type }) => type === 'link');
      return link ? `${node.text} (${String(link.attrs?.href)})` : (node.text ?? '');
    }
    case 'hardBreak':
      return '\n';
    case 'mergeTag': {
      const { path, fallback } = node.attrs as { path: string; fallback: string };
      return fallback ? `{{default ${path} ${JSON.stringify(fallback)}}}` : `{{${path}}}`;
    }
    case 'bulletList':
      return (node.content ?? []).map((item) => nodeText(item, '- ')).join('\n');
    case 'orderedList':
      return (node.content ?? []).map((item, index) => nodeText(item, `${index + 1}. `)).join('\n');
    case 'listItem':
      return marker + (node.content ?? []).map((child) => nodeText(child)).join('\n');
    default:
      return (node.content ?? []).map((child) => nodeText(child)).join('');
  }
}
