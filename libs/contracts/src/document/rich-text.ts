import { z } from 'zod';
import { Align, Color, Href } from './values.js';
import { DOCUMENT_LIMITS } from './limits.js';

/**
 * What a merge tag and a field rule may name, written from the root: `email`, `name`, `fields.<key>`, `tags`,
 * `campaign.name`, `workspace.name`, `workspace.postalAddress`, `data.<key>` (triggered mail).
 */
export const MergePath = z
  .string()
  .regex(
    /^(?:email|name|tags|campaign\.name|workspace\.(?:name|postalAddress)|fields\.[a-z][a-z0-9_]{0,39}|data(?:\.[A-Za-z_][A-Za-z0-9_]{0,39}){1,5})$/,
    'must be a variable such as name, fields.city or data.order.number',
  );

/** How a merge tag writes its value; what does not fit the format counts as empty. Dates are in UTC. */
export const MERGE_FORMATS = [
  'upper',
  'lower',
  'capitalize',
  /** 2026-03-05 */
  'date',
  /** 2026-03-05 14:30 */
  'dateTime',
  /** 14:30 */
  'time',
  /** 2026年3月5日 */
  'dateZh',
  /** 3月5日 */
  'dateZhShort',
  /** 5 March 2026 */
  'dateEn',
  /** March 5, 2026 */
  'dateUs',
  /** 1,280.5 */
  'number',
  /** 1,280 */
  'number0',
  /** 1,280.00 */
  'number2',
] as const;
export type MergeFormat = (typeof MERGE_FORMATS)[number];

const Marks = z
  .array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('bold') }),
      z.object({ type: z.literal('italic') }),
      z.object({ type: z.literal('underline') }),
      z.object({ type: z.literal('strike') }),
      z.object({ type: z.literal('textStyle'), attrs: z.object({ color: Color.nullable().default(null) }) }),
      z.object({ type: z.literal('link'), attrs: z.object({ href: Href }) }),
    ]),
  )
  .max(6)
  .optional();
export type Mark = NonNullable<z.infer<typeof Marks>>[number];

const TextRun = z.object({
  type: z.literal('text'),
  text: z.string().min(1).max(DOCUMENT_LIMITS.runLength),
  marks: Marks,
});
const HardBreak = z.object({ type: z.literal('hardBreak'), marks: Marks });
/** An inline atom: what stands there for one recipient, or `fallback` where that is empty. */
const MergeTag = z.object({
  type: z.literal('mergeTag'),
  attrs: z.object({
    path: MergePath,
    fallback: z.string().max(200).default(''),
    format: z.enum(MERGE_FORMATS).nullable().default(null),
  }),
  marks: Marks,
});
export const Inline = z.discriminatedUnion('type', [TextRun, HardBreak, MergeTag]).meta({ id: 'DocumentInline' });
export type Inline = z.infer<typeof Inline>;

const inlines = z.array(Inline).max(DOCUMENT_LIMITS.runs).optional();
const textAlign = Align.nullable().default(null);

const Paragraph = z.object({
  type: z.literal('paragraph'),
  attrs: z.object({ textAlign }).optional(),
  content: inlines,
});
export type Paragraph = z.infer<typeof Paragraph>;
const Heading = z.object({
  type: z.literal('heading'),
  attrs: z.object({ level: z.number().int().min(1).max(3), textAlign }),
  content: inlines,
});
export type Heading = z.infer<typeof Heading>;

/** A list as Tiptap has it; `listDepth` of them inside one another. */
export interface TextList {
  type: 'bulletList' | 'orderedList';
  attrs?: { start?: number | undefined } | undefined;
  content: { type: 'listItem'; content: (Paragraph | TextList)[] }[];
}
function listOf(depth: number): z.ZodType<TextList> {
  const inner = depth <= 1 ? Paragraph : z.union([Paragraph, listOf(depth - 1)]);
  const item = z.object({ type: z.literal('listItem'), content: z.array(inner).min(1).max(20) });
  return z
    .object({
      type: z.enum(['bulletList', 'orderedList']),
      attrs: z.object({ start: z.number().int().min(1).max(9_999).optional() }).optional(),
      content: z.array(item).min(1).max(DOCUMENT_LIMITS.listItems),
    })
    .meta({ id: `DocumentList${depth}` });
}

/** Tiptap JSON; attributes that are not named here are dropped. */
export const RichText = z
  .object({
    type: z.literal('doc'),
    content: z.array(z.union([Paragraph, Heading, listOf(DOCUMENT_LIMITS.listDepth)])).max(DOCUMENT_LIMITS.paragraphs),
  })
  .meta({ id: 'DocumentRichText' });
export type RichText = z.infer<typeof RichText>;
export type RichTextNode = RichText['content'][number];
