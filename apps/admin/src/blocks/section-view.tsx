import { useDraggable, useDroppable } from '@dnd-kit/core';
import { EyeInvisibleOutlined } from '@ant-design/icons';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { BlockView } from './block-view.js';
import { ConditionMark } from './condition/condition-mark.js';
import { useCanvas } from './canvas-context.js';
import type { Column, Section } from './document.js';
import { NodeTools } from './node-tools.js';

const ALIGNS = { top: 'flex-start', middle: 'center', bottom: 'flex-end' } as const;

/** One section: its columns side by side, or one below the other on a phone. */
export function SectionView({ section, index, tabStop }: { section: Section; index: number; tabStop: string | null }) {
  const { t } = useTranslation('blocks');
  const { doc, selectedId, select, device } = useCanvas();
  const drag = useDraggable({ id: section.id, data: { kind: 'section', id: section.id } });
  const drop = useDroppable({ id: `over-${section.id}`, data: { kind: 'section', index } });
  const selected = selectedId === section.id;
  const { top, right, bottom, left } = section.padding;
  const background = section.bg ?? doc.settings.contentBg;
  return (
    <div
      ref={drop.setNodeRef}
      className="node section-node"
      data-node={section.id}
      data-selected={selected}
      data-dragging={drag.isDragging}
      data-hidden={section.hideOn === (device === 'phone' ? 'mobile' : 'desktop')}
      role="group"
      aria-label={t('sectionNumber', { number: index + 1 })}
      aria-current={selected || undefined}
      tabIndex={tabStop === section.id ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation();
        select(section.id);
      }}
      style={section.fullWidth ? { background, boxShadow: `-100vw 0 ${background}, 100vw 0 ${background}` } : {}}
    >
      <span className="node-name" aria-hidden="true">
        {t('block.section')}
        {section.hideOn && <EyeInvisibleOutlined />}
      </span>
      {section.visibleIf && <ConditionMark condition={section.visibleIf} />}
      {selected && <NodeTools id={section.id} listeners={drag.listeners} dragRef={drag.setNodeRef} />}
      <div
        className="section-row"
        data-stacked={device === 'phone' && section.stackOnMobile}
        style={{ background, padding: `${top}px ${right}px ${bottom}px ${left}px`, borderRadius: section.radius }}
      >
        {section.columns.map((column, at) => (
          <ColumnView key={column.id} column={column} number={at + 1} of={section} tabStop={tabStop} />
        ))}
      </div>
    </div>
  );
}

function ColumnView({
  column,
  number,
  of,
  tabStop,
}: {
  column: Column;
  number: number;
  of: Section;
  tabStop: string | null;
}) {
  const { t } = useTranslation('blocks');
  const { place } = useCanvas();
  const { setNodeRef } = useDroppable({
    id: `over-${column.id}`,
    data: { kind: 'column', columnId: column.id, count: column.blocks.length },
  });
  const here = place && 'columnId' in place && place.columnId === column.id ? place.index : null;
  const { widthPercent, bg, padding, vAlign } = column;
  const space = padding && `${padding.top}px ${padding.right}px ${padding.bottom}px ${padding.left}px`;
  return (
    <div
      ref={setNodeRef}
      className="column-node"
      data-empty={column.blocks.length === 0}
      data-over={here !== null}
      style={{
        flex: widthPercent === null ? '1 1 0' : `0 1 ${widthPercent}%`,
        justifyContent: ALIGNS[vAlign],
        ...(bg ? { background: bg } : {}),
        ...(space ? { padding: space } : {}),
      }}
    >
      {column.blocks.map((block, index) => (
        <Fragment key={block.id}>
          {here === index && <div className="drop-line" />}
          <BlockView block={block} columnId={column.id} index={index} tabStop={tabStop === block.id} />
        </Fragment>
      ))}
      {here === column.blocks.length && <div className="drop-line" />}
      {column.blocks.length === 0 && (
        <div className="column-empty">{of.columns.length > 1 ? t('emptyColumnOf', { number }) : t('emptyColumn')}</div>
      )}
    </div>
  );
}
