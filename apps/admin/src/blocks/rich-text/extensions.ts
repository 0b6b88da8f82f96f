import { Extension, Mark, Node, mergeAttributes, nodeInputRule, type Extensions } from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { Italic } from '@tiptap/extension-italic';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Strike } from '@tiptap/extension-strike';
import { Text } from '@tiptap/extension-text';
import { Underline } from '@tiptap/extension-underline';
import type { RichText } from '../document.js';

/** What may stand in a rich text: a heading block has lines only. */
export type RichKind = 'full' | 'lines';

/** A place filled in for each recipient. One thing that is chosen and removed whole, so that no formatting splits it. */
const MergeTag = Node.create<{ labelOf: (path: string) => string }>({
  name: 'mergeTag',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addOptions: () => ({ labelOf: (path) => path }),
  addAttributes: () => ({
    path: { default: 'name', parseHTML: (element) => element.getAttribute('data-path') },
    fallback: { default: '', parseHTML: (element) => element.getAttribute('data-fallback') ?? '' },
    format: { default: null, parseHTML: (element) => element.getAttribute('data-format') },
  }),
  parseHTML: () => [{ tag: 'span[data-path]' }],
  renderHTML({ node, HTMLAttributes }) {
    const { path, fallback, format } = node.attrs as { path: string; fallback: string; format: string | null };
    const own = { class: 'merge-chip', 'data-path': path, 'data-fallback': fallback, 'data-format': format };
    return ['span', mergeAttributes(HTMLAttributes, own), this.options.labelOf(path)];
  },
  renderText: ({ node }) => `{{${String(node.attrs.path)}}}`,
  addInputRules() {
    return [
      nodeInputRule({
        find: /\{\{\s*(email|name|fields\.[a-z][a-z0-9_]{0,39})\s*\}\}$/,
        type: this.type,
        getAttributes: ([, path]) => ({ path }),
      }),
    ];
  },
});

const Link = Mark.create({
  name: 'link',
  inclusive: false,
  priority: 1000,
  addAttributes: () => ({ href: { default: '' } }),
  parseHTML: () => [{ tag: 'a[href]' }],
  // A link of the mail must not lead away from the editor.
  renderHTML: ({ HTMLAttributes }) => ['span', { class: 'rich-link', title: String(HTMLAttributes.href) }, 0],
});

const TextStyle = Mark.create({
  name: 'textStyle',
  addAttributes: () => ({
    color: {
      default: null,
      parseHTML: (element) => hexOf(element.style.color),
      renderHTML: ({ color }) => (color ? { style: `color: ${String(color)}` } : {}),
    },
  }),
  parseHTML: () => [
    { tag: 'span[style]', getAttrs: (element) => (hexOf(element.style.color) ? {} : false) },
    { tag: 'font[color]' },
  ],
  renderHTML: ({ HTMLAttributes }) => ['span', HTMLAttributes, 0],
});

const TextAlign = Extension.create({
  name: 'textAlign',
  addGlobalAttributes: () => [
    {
      types: ['paragraph', 'heading'],
      attributes: {
        textAlign: {
          default: null,
          parseHTML: (element: HTMLElement) =>
            ['left', 'center', 'right'].find((side) => element.style.textAlign === side) ?? null,
          renderHTML: ({ textAlign }: Record<string, unknown>) =>
            textAlign ? { style: `text-align: ${String(textAlign)}` } : {},
        },
      },
    },
  ],
});

/**
 * The schema of a rich text: what the contract has, and so what is left of a paste. No undo of its own: the document has
 * one history for everything in it.
 */
export function extensionsFor(kind: RichKind, labelOf: (path: string) => string): Extensions {
  const lists = [BulletList, OrderedList, ListItem, ListKeymap, Heading.configure({ levels: [1, 2, 3] })];
  return [
    Document,
    Paragraph,
    Text,
    HardBreak,
    Bold,
    Italic,
    Underline,
    Strike,
    ...(kind === 'full' ? lists : []),
    MergeTag.configure({ labelOf }),
    Link,
    TextStyle,
    TextAlign,
  ];
}

/** Attributes that the contract has, by node or mark. */
const ATTRIBUTES: Record<string, readonly string[]> = {
  paragraph: ['textAlign'],
  heading: ['level', 'textAlign'],
  orderedList: ['start'],
  mergeTag: ['path', 'fallback', 'format'],
  link: ['href'],
  textStyle: ['color'],
};

interface Json {
  type?: string;
  attrs?: Record<string, unknown> | null;
  content?: Json[];
  marks?: Json[];
  text?: string;
}

/** Tiptap's JSON as it is stored: nothing that the server would leave out, so that what is read back is equal. */
export function toRichText(json: Json): RichText {
  return { type: 'doc', content: (json.content ?? []).map(clean) } as RichText;
}

function clean({ type, attrs, content, marks, text }: Json): Json {
  const names = ATTRIBUTES[type ?? ''] ?? [];
  const kept = Object.fromEntries(names.map((name) => [name, attrs?.[name] ?? null]));
  const plain = type === 'paragraph' && kept.textAlign === null;
  return {
    type: type!,
    ...(names.length > 0 && !plain ? { attrs: kept } : {}),
    ...(content && content.length > 0 ? { content: content.map(clean) } : {}),
    ...(marks && marks.length > 0 ? { marks: marks.map(clean) } : {}),
    ...(text === undefined ? {} : { text }),
  };
}

/** `#rrggbb` of a colour as browsers report it, or null. */
export function hexOf(color: string): string | null {
  if (/^#[0-9a-f]{6}$/i.test(color)) return color.toLowerCase();
  const parts = /^rgba?\((\d{1,3}), ?(\d{1,3}), ?(\d{1,3})/.exec(color);
  if (!parts) return null;
  return `#${parts
    .slice(1, 4)
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')}`;
}
