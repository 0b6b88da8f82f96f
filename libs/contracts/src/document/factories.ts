import type { DocBlock, DocBlockOf, DocBlockType } from './blocks.js';
import type { DocColumn, Doc, DocSection } from './document.js';
import type { RichText } from './rich-text.js';
import type { Padding } from './values.js';

/** Makes the ids of new nodes: the editor gives a random one, tests a counter. */
export type NewId = () => string;
export type DocLocale = 'zh-CN' | 'en';

/** The same space above and below, and left and right; in pixels. */
export const padding = (vertical: number, horizontal: number): Padding => ({
  top: vertical,
  right: horizontal,
  bottom: vertical,
  left: horizontal,
});

/** Plain paragraphs as rich text; an empty one has no content, as in Tiptap. */
export const richText = (...paragraphs: string[]): RichText => ({
  type: 'doc',
  content: paragraphs.map((text) =>
    text === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [{ type: 'text', text }] },
  ),
});

const WORDS = {
  'zh-CN': {
    text: '在这里写下正文。',
    heading: '标题',
    button: '了解更多',
    product: '商品名称',
    price: '¥99',
    video: '▶ 观看视频',
    menu: ['首页', '新品', '联系我们'],
    social: ['微信', '微博'],
    footer: '您收到这封邮件，是因为您订阅了我们的消息。',
    unsubscribe: '退订',
    web: '在线查看',
  },
  en: {
    text: 'Write your text here.',
    heading: 'Heading',
    button: 'Learn more',
    product: 'Product name',
    price: '$99',
    video: '▶ Watch the video',
    menu: ['Home', 'New', 'Contact'],
    social: ['WeChat', 'Weibo'],
    footer: 'You get this mail because you subscribed to our news.',
    unsubscribe: 'Unsubscribe',
    web: 'View in browser',
  },
} as const;

const NO_PICTURE = { src: '', alt: null, width: null, height: null };
const PLAIN = { align: 'left', color: null, fontSize: null, lineHeight: null } as const;

type Content<T extends DocBlockType> = Omit<DocBlockOf<T>, 'id' | 'padding' | 'bg' | 'visibleIf' | 'hideOn'>;

/** A new block of each type but `reusable`, which needs something to refer to. */
const CONTENT: { [T in Exclude<DocBlockType, 'reusable'>]: (words: (typeof WORDS)[DocLocale]) => Content<T> } = {
  text: (words) => ({ type: 'text', ...PLAIN, content: richText(words.text) }),
  heading: (words) => ({ type: 'heading', ...PLAIN, level: 2, content: richText(words.heading) }),
  image: () => ({ type: 'image', image: NO_PICTURE, href: null, align: 'center', widthPercent: 100, radius: 0 }),
  button: (words) => ({
    type: 'button',
    label: words.button,
    href: '',
    bg: null,
    color: null,
    radius: 6,
    align: 'left',
    fontSize: null,
    fullWidth: false,
  }),
  divider: () => ({ type: 'divider', color: '#e3e5e8', thickness: 1, style: 'solid', widthPercent: 100 }),
  spacer: () => ({ type: 'spacer', height: 24 }),
  social: (words) => ({
    type: 'social',
    align: 'center',
    style: 'text',
    color: null,
    items: [
      { network: 'wechat', label: words.social[0], href: '' },
      { network: 'weibo', label: words.social[1], href: '' },
    ],
  }),
  imageText: (words) => ({
    type: 'imageText',
    ...PLAIN,
    image: NO_PICTURE,
    href: null,
    side: 'left',
    imagePercent: 40,
    content: richText(words.text),
    button: null,
  }),
  product: (words) => ({
    type: 'product',
    align: 'left',
    image: NO_PICTURE,
    href: null,
    title: words.product,
    description: '',
    price: words.price,
    oldPrice: null,
    button: { label: words.button, href: '', bg: null, color: null, radius: 6 },
  }),
  video: (words) => ({ type: 'video', image: NO_PICTURE, href: '', label: words.video, align: 'center' }),
  menu: (words) => ({
    type: 'menu',
    align: 'center',
    color: null,
    fontSize: null,
    items: words.menu.map((label) => ({ label, href: '' })),
  }),
  html: () => ({ type: 'html', html: '' }),
  unsubscribeFooter: (words) => ({
    type: 'unsubscribeFooter',
    align: 'center',
    color: '#595959',
    fontSize: 12,
    lineHeight: null,
    content: richText(words.footer),
    unsubscribeLabel: words.unsubscribe,
    webVersionLabel: words.web,
    showAddress: true,
  }),
};

/** A new block with sensible content in the mail's language. */
export function newBlock<T extends Exclude<DocBlockType, 'reusable'>>(
  type: T,
  newId: NewId,
  locale: DocLocale,
): DocBlockOf<T> {
  const common = { id: newId(), padding: padding(10, 32), bg: null, visibleIf: null, hideOn: null };
  return { ...common, ...CONTENT[type](WORDS[locale]) } as unknown as DocBlockOf<T>;
}

/** A block that stands for a saved one. */
export function newReusable(ref: string, newId: NewId): DocBlockOf<'reusable'> {
  return { type: 'reusable', id: newId(), visibleIf: null, hideOn: null, ref };
}

export function newColumn(newId: NewId, blocks: DocBlock[] = [], widthPercent: number | null = null): DocColumn {
  return { id: newId(), widthPercent, vAlign: 'top', bg: null, padding: null, blocks };
}

export function newSection(newId: NewId, columns: DocColumn[]): DocSection {
  return {
    id: newId(),
    bg: null,
    padding: padding(8, 0),
    radius: 0,
    fullWidth: false,
    stackOnMobile: true,
    visibleIf: null,
    hideOn: null,
    columns,
  };
}

/** A mail with a heading, a text, and the footer every marketing mail needs. */
export function emptyDocument(newId: NewId, locale: DocLocale): Doc {
  const body = [newBlock('heading', newId, locale), newBlock('text', newId, locale)];
  const footer = newBlock('unsubscribeFooter', newId, locale);
  return {
    version: 1,
    settings: {
      width: 600,
      bg: '#f2f3f5',
      contentBg: '#ffffff',
      font: 'sans',
      fontSize: 16,
      lineHeight: 1.7,
      color: '#1f2329',
      linkColor: '#1554ad',
      accent: '#1554ad',
      radius: 0,
      lang: locale,
      darkMode: 'auto',
    },
    sections: [newSection(newId, [newColumn(newId, body)]), newSection(newId, [newColumn(newId, [footer])])],
  };
}
