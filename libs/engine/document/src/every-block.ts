import { newBlock, newColumn, newReusable, newSection, emptyDocument, richText } from '#contracts';
import type { Doc, DocBlock, DocCondition, DocLocale, RichText } from '#contracts';

const PICTURE = { src: 'https://img.hongyan-e2e.org/i/tea.png', alt: '一壶茶 & "杯"', width: 1200, height: 800 };
const CITY: DocCondition = {
  match: 'all',
  rules: [{ kind: 'field', path: 'fields.city', op: 'eq', value: '上海 "浦东" \\' }],
};
const READER: DocCondition = {
  match: 'any',
  rules: [
    { kind: 'behaviour', event: 'opened', did: true, days: 30, campaignId: null },
    { kind: 'group', match: 'all', rules: [{ kind: 'field', path: 'tags', op: 'contains', value: '会员' }] },
  ],
};

const RICH: RichText = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 2, textAlign: 'center' }, content: [{ type: 'text', text: '一 & <b>' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'mergeTag', attrs: { path: 'name', fallback: '朋友 "甲"', format: null }, marks: [{ type: 'bold' }] },
        { type: 'text', text: '，您好。', marks: [{ type: 'italic' }, { type: 'underline' }, { type: 'strike' }] },
        { type: 'hardBreak' },
        { type: 'text', text: '红', marks: [{ type: 'textStyle', attrs: { color: '#a8071a' } }] },
        {
          type: 'text',
          text: '链接',
          marks: [{ type: 'link', attrs: { href: 'https://www.hongyan-e2e.org/?a=1&b=2' } }],
        },
        { type: 'mergeTag', attrs: { path: 'fields.birthday', fallback: '某天', format: 'dateZh' } },
      ],
    },
    {
      type: 'bulletList',
      content: [
        {
          type: 'listItem',
          content: [
            { type: 'paragraph', content: [{ type: 'text', text: '外' }] },
            {
              type: 'orderedList',
              attrs: { start: 3 },
              content: [
                { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: '内' }] }] },
              ],
            },
          ],
        },
      ],
    },
  ],
};

/** A document with every block, both kinds of condition, all marks and nodes: what all of it together must come out as. */
export function everyBlock(locale: DocLocale, savedId: string | null = null): Doc {
  let last = 0;
  const newId = () => `n${(last += 1)}`;
  const href = 'https://www.hongyan-e2e.org/shop?x=1&y=2';
  const blocks: DocBlock[] = [
    { ...newBlock('heading', newId, locale), level: 1, content: richText('{{name}} 的 & 标题') },
    { ...newBlock('text', newId, locale), content: RICH },
    { ...newBlock('image', newId, locale), image: PICTURE, href },
    { ...newBlock('button', newId, locale), href },
    newBlock('divider', newId, locale),
    newBlock('spacer', newId, locale),
    { ...newBlock('social', newId, locale), items: [{ network: 'weibo', label: '微博', href: 'https://weibo.com/' }] },
    {
      ...newBlock('social', newId, locale),
      style: 'pill',
      items: [{ network: 'email', label: '写信', href: 'mailto:hi@hongyan-e2e.org' }],
    },
    {
      ...newBlock('imageText', newId, locale),
      image: PICTURE,
      side: 'right',
      button: { label: '看', href, bg: null, color: null, radius: 4 },
    },
    { ...newBlock('product', newId, locale), image: PICTURE, href, oldPrice: '¥129', button: null },
    { ...newBlock('video', newId, locale), image: PICTURE, href },
    {
      ...newBlock('menu', newId, locale),
      items: [
        { label: '首页', href },
        { label: '电话', href: 'tel:+862112345678' },
      ],
    },
    {
      ...newBlock('html', newId, locale),
      html: '<table><tr><td style="color:#333333">HTML {{default fields.city "x"}}</td></tr></table>',
    },
  ];
  const left: DocBlock = { ...newBlock('text', newId, locale), content: richText('只给上海的人'), visibleIf: CITY };
  const right: DocBlock = {
    ...newBlock('text', newId, locale),
    content: richText('只给最近打开过的人'),
    visibleIf: READER,
  };
  const hidden: DocBlock = { ...newBlock('text', newId, locale), content: richText('手机上没有'), hideOn: 'mobile' };
  const phone: DocBlock = { ...newBlock('text', newId, locale), content: richText('只在手机上'), hideOn: 'desktop' };
  const document = emptyDocument(newId, locale);
  return {
    ...document,
    sections: [
      newSection(newId, [newColumn(newId, [...blocks, ...(savedId ? [newReusable(savedId, newId)] : [])])]),
      {
        ...newSection(newId, [newColumn(newId, [left], 60), newColumn(newId, [right])]),
        bg: '#f6f8fa',
        fullWidth: true,
      },
      {
        ...newSection(newId, [newColumn(newId, [hidden]), newColumn(newId, [phone]), newColumn(newId, [])]),
        stackOnMobile: false,
        visibleIf: { match: 'all', rules: [{ kind: 'field', path: 'email', op: 'notEmpty', value: null }] },
      },
      ...document.sections.slice(1),
    ],
  };
}
