import type { DocColumn, DocSection } from '#contracts';
import { cssPadding } from './block-place.js';
import { blockNodes } from './blocks.js';
import { hideClass } from './context.js';
import type { DocumentContext } from './context.js';
import type { MjmlNode } from './mjml-node.js';

/** A section as MJML, with its condition around it. A lone reference to a saved section becomes that section. */
export function sectionNodes(section: DocSection, index: number, context: DocumentContext): MjmlNode[] {
  const path = `sections.${index}`;
  const owner = { id: section.id, path };
  const [only] = section.columns.length === 1 ? (section.columns[0]?.blocks ?? []) : [];
  const isAlone = section.columns[0]?.blocks.length === 1 && only?.type === 'reusable';
  const saved = isAlone ? context.saved.get(only.ref) : undefined;
  if (isAlone && saved?.kind === 'section') {
    const ownerOfRef = { id: only.id, path: `${path}.columns.0.blocks.0` };
    const nodes = plain(
      { ...saved.section, hideOn: section.hideOn ?? saved.section.hideOn },
      context,
      () => ownerOfRef,
    );
    const inner = context.onlyIf(saved.section.visibleIf, ownerOfRef, nodes);
    return context.onlyIf(section.visibleIf, owner, context.onlyIf(only.visibleIf, ownerOfRef, inner));
  }
  const ownerOf: OwnerOf = (id, column, block) => ({ id, path: `${path}.columns.${column}.blocks.${block}` });
  return context.onlyIf(section.visibleIf, owner, plain(section, context, ownerOf, owner));
}

type OwnerOf = (id: string, column: number, block: number) => { id: string; path: string };

function plain(
  section: DocSection,
  context: DocumentContext,
  ownerOf: OwnerOf,
  owner = ownerOf(section.id, 0, 0),
): MjmlNode[] {
  const { settings } = context;
  const turnsDark = section.bg === null;
  const room = settings.width - section.padding.left - section.padding.right;
  const widths = columnWidths(section.columns);
  const columns = section.columns.map((column, c): MjmlNode => {
    const percent = widths[c] ?? 100;
    const inside = column.padding ? column.padding.left + column.padding.right : 0;
    const width = Math.max(20, (room * percent) / 100 - inside);
    return {
      tagName: 'mj-column',
      attributes: {
        width: `${percent}%`,
        'vertical-align': column.vAlign,
        'background-color': column.bg,
        padding: column.padding && cssPadding(column.padding),
      },
      children: column.blocks.flatMap((block, b) =>
        blockNodes(block, {
          context,
          owner: ownerOf(block.id, c, b),
          width,
          turnsDark: turnsDark && column.bg === null,
        }),
      ),
    };
  });
  return [
    {
      tagName: 'mj-section',
      owner,
      attributes: {
        'background-color': section.bg ?? settings.contentBg,
        padding: cssPadding(section.padding),
        'border-radius': section.radius > 0 ? `${section.radius}px` : null,
        'full-width': section.fullWidth ? 'full-width' : null,
        'css-class': `${turnsDark ? 'hy-d' : ''}${hideClass(section.hideOn, 'section')}`.trim() || null,
      },
      children: section.stackOnMobile || columns.length === 1 ? columns : [{ tagName: 'mj-group', children: columns }],
    },
  ];
}

/** Per cent of each column: what is given, and the rest in equal parts; never more than all of it. */
export function columnWidths(columns: readonly Pick<DocColumn, 'widthPercent'>[]): number[] {
  const given = columns.reduce((sum, { widthPercent }) => sum + (widthPercent ?? 0), 0);
  const open = columns.filter(({ widthPercent }) => widthPercent === null).length;
  const rest = open > 0 ? Math.max(5, (100 - given) / open) : 0;
  const widths = columns.map(({ widthPercent }) => widthPercent ?? rest);
  const total = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width) => Math.floor((width / Math.max(100, total)) * 10_000) / 100);
}
