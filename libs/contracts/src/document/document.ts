import { z } from 'zod';
import { DocBlock, Visibility } from './blocks.js';
import { DOCUMENT_LIMITS } from './limits.js';
import { Color, NodeId, Padding, px } from './values.js';

/** Stacks of fonts that every reader has; nothing is loaded. */
export const FONT_STACKS = {
  sans: "Arial, 'PingFang SC', 'Microsoft YaHei', sans-serif",
  serif: "Georgia, 'Songti SC', SimSun, serif",
  mono: "Consolas, Menlo, 'PingFang SC', 'Microsoft YaHei', monospace",
} as const;

export const DocColumn = z.object({
  id: NodeId,
  widthPercent: z
    .number()
    .min(5)
    .max(100)
    .nullable()
    .default(null)
    .meta({ description: 'null: what the others leave, in equal parts' }),
  vAlign: z.enum(['top', 'middle', 'bottom']).default('top'),
  bg: Color.nullable().default(null),
  padding: Padding.nullable().default(null),
  blocks: z.array(DocBlock).max(DOCUMENT_LIMITS.blocksPerColumn),
});
export type DocColumn = z.infer<typeof DocColumn>;

export const DocSection = z
  .object({
    id: NodeId,
    bg: Color.nullable().default(null),
    padding: Padding,
    radius: px(0, 40).default(0),
    fullWidth: z.boolean().default(false).meta({ description: 'the background reaches the edges of the window' }),
    stackOnMobile: z.boolean().default(true),
    ...Visibility,
    columns: z.array(DocColumn).min(1).max(DOCUMENT_LIMITS.columns),
  })
  .meta({ id: 'DocumentSection' });
export type DocSection = z.infer<typeof DocSection>;

export const DocSettings = z.object({
  width: px(320, 800),
  bg: Color.meta({ description: 'of the page around the mail' }),
  contentBg: Color.meta({ description: 'of sections without one of their own' }),
  font: z.enum(['sans', 'serif', 'mono']),
  fontSize: px(10, 24),
  lineHeight: z.number().min(1).max(3),
  color: Color,
  linkColor: Color,
  accent: Color.meta({ description: 'buttons' }),
  radius: px(0, 40).default(0).meta({ description: 'corners of the whole mail' }),
  lang: z.enum(['zh-CN', 'en']),
  darkMode: z.enum(['auto', 'light']).default('auto').meta({ description: 'light: asks mail programs to leave it' }),
});
export type DocSettings = z.infer<typeof DocSettings>;

/** A mail as the block editor has it. Subject and preheader stand beside it in the content. */
export const Doc = z
  .object({
    version: z.literal(1),
    settings: DocSettings,
    sections: z.array(DocSection).max(DOCUMENT_LIMITS.sections),
  })
  .superRefine(checkWhole)
  .meta({ id: 'MailDocument' });
export type Doc = z.infer<typeof Doc>;

/** What no part of a document can know of itself: that ids are unique and the whole is not too large. */
function checkWhole({ sections }: { sections: DocSection[] }, issues: z.RefinementCtx): void {
  const seen = new Set<string>();
  const see = (id: string, path: (string | number)[]) => {
    if (seen.has(id)) issues.addIssue({ code: 'custom', path, message: `the id ${id} is used twice` });
    seen.add(id);
  };
  let blocks = 0;
  sections.forEach((section, s) => {
    see(section.id, ['sections', s, 'id']);
    section.columns.forEach((column, c) => {
      see(column.id, ['sections', s, 'columns', c, 'id']);
      column.blocks.forEach((block, b) => see(block.id, ['sections', s, 'columns', c, 'blocks', b, 'id']));
      blocks += column.blocks.length;
    });
  });
  const { blocks: most, jsonLength } = DOCUMENT_LIMITS;
  if (blocks > most) {
    issues.addIssue({ code: 'custom', path: ['sections'], message: `must have at most ${most} blocks in all` });
  } else if (JSON.stringify(sections).length > jsonLength) {
    issues.addIssue({
      code: 'custom',
      path: ['sections'],
      message: `must be at most ${jsonLength} characters as JSON`,
    });
  }
}
