import { z } from 'zod';
import { Id } from '../api/conventions.js';
import { DocCondition } from './condition.js';
import { DOCUMENT_LIMITS } from './limits.js';
import { RichText } from './rich-text.js';
import { Align, Color, Href, Label, NodeId, Padding, Picture, px } from './values.js';

/** What every section and block may say about who sees it and where. */
export const Visibility = {
  visibleIf: DocCondition.nullable().default(null),
  hideOn: z.enum(['mobile', 'desktop']).nullable().default(null),
};

const block = { id: NodeId, padding: Padding, bg: Color.nullable().default(null), ...Visibility };
/** Colour, size and line height of text; null is the document's own. */
const typography = {
  align: Align,
  color: Color.nullable().default(null),
  fontSize: px(8, 72).nullable().default(null),
  lineHeight: z.number().min(1).max(3).nullable().default(null),
};
const Button = z.object({
  label: Label,
  href: Href,
  bg: Color.nullable().default(null).meta({ description: 'null: the accent colour' }),
  color: Color.nullable().default(null).meta({ description: 'null: white' }),
  radius: px(0, 40).default(6),
});
export type ButtonStyle = z.infer<typeof Button>;

export const TextBlock = z.object({ type: z.literal('text'), ...block, ...typography, content: RichText });
export const HeadingBlock = z.object({
  type: z.literal('heading'),
  ...block,
  ...typography,
  level: z.number().int().min(1).max(3),
  content: RichText.meta({ description: 'paragraphs only; each becomes a heading of `level`' }),
});
export const ImageBlock = z.object({
  type: z.literal('image'),
  ...block,
  image: Picture,
  href: Href.nullable().default(null),
  align: Align,
  widthPercent: z.number().int().min(5).max(100).default(100).meta({ description: 'of the column' }),
  radius: px(0, 100).default(0),
});
export const ButtonBlock = z.object({
  type: z.literal('button'),
  ...block,
  ...Button.shape,
  align: Align,
  fontSize: px(8, 36).nullable().default(null),
  fullWidth: z.boolean().default(false),
});
export const DividerBlock = z.object({
  type: z.literal('divider'),
  ...block,
  color: Color,
  thickness: px(1, 20),
  style: z.enum(['solid', 'dashed', 'dotted']),
  widthPercent: z.number().int().min(5).max(100).default(100),
});
export const SpacerBlock = z.object({ type: z.literal('spacer'), ...block, height: px(1, 300) });

export const SOCIAL_NETWORKS = [
  'wechat',
  'weibo',
  'douyin',
  'xiaohongshu',
  'bilibili',
  'zhihu',
  'website',
  'email',
  'facebook',
  'instagram',
  'linkedin',
  'x',
  'youtube',
  'tiktok',
  'github',
] as const;
/** Links by name, since pictures of networks would have to be loaded from somewhere. */
export const SocialBlock = z.object({
  type: z.literal('social'),
  ...block,
  align: Align,
  style: z.enum(['text', 'pill']),
  color: Color.nullable().default(null),
  items: z
    .array(z.object({ network: z.enum(SOCIAL_NETWORKS), label: Label, href: Href }))
    .min(1)
    .max(DOCUMENT_LIMITS.socialItems),
});
export const ImageTextBlock = z.object({
  type: z.literal('imageText'),
  ...block,
  ...typography,
  image: Picture,
  href: Href.nullable().default(null),
  side: z.enum(['left', 'right']),
  imagePercent: z.number().int().min(20).max(60).default(40),
  content: RichText,
  button: Button.nullable().default(null),
});
export const ProductBlock = z.object({
  type: z.literal('product'),
  ...block,
  align: Align,
  image: Picture.nullable().default(null),
  href: Href.nullable().default(null),
  title: Label,
  description: z.string().max(1_000).default(''),
  price: Label,
  oldPrice: Label.nullable().default(null),
  button: Button.nullable().default(null),
});
export const VideoBlock = z.object({
  type: z.literal('video'),
  ...block,
  image: Picture,
  href: Href,
  label: Label.meta({ description: 'the words of the link under the picture, such as ▶ 观看视频' }),
  align: Align,
});
export const MenuBlock = z.object({
  type: z.literal('menu'),
  ...block,
  align: Align,
  color: Color.nullable().default(null),
  fontSize: px(8, 36).nullable().default(null),
  items: z
    .array(z.object({ label: Label, href: Href }))
    .min(1)
    .max(DOCUMENT_LIMITS.menuItems),
});
export const HtmlBlock = z.object({
  type: z.literal('html'),
  ...block,
  html: z.string().max(DOCUMENT_LIMITS.htmlLength).meta({ description: 'sanitised as a fragment when compiled' }),
});
export const UnsubscribeFooterBlock = z.object({
  type: z.literal('unsubscribeFooter'),
  ...block,
  ...typography,
  content: RichText.meta({ description: 'why one gets this mail; may be empty' }),
  unsubscribeLabel: z.string().trim().min(1).max(DOCUMENT_LIMITS.labelLength),
  webVersionLabel: Label.nullable().default(null),
  showAddress: z.boolean().default(true),
});
/** Stands for a saved block. One that refers to a saved section must be alone in a section of one column. */
export const ReusableBlock = z.object({ type: z.literal('reusable'), id: NodeId, ...Visibility, ref: Id });

export const DocBlock = z
  .discriminatedUnion('type', [
    TextBlock,
    HeadingBlock,
    ImageBlock,
    ButtonBlock,
    DividerBlock,
    SpacerBlock,
    SocialBlock,
    ImageTextBlock,
    ProductBlock,
    VideoBlock,
    MenuBlock,
    HtmlBlock,
    UnsubscribeFooterBlock,
    ReusableBlock,
  ])
  .meta({ id: 'DocumentBlock' });
export type DocBlock = z.infer<typeof DocBlock>;
export type DocBlockType = DocBlock['type'];
export type DocBlockOf<T extends DocBlockType> = Extract<DocBlock, { type: T }>;
