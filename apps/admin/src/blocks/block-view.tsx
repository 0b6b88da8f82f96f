import { useDraggable, useDroppable } from '@dnd-kit/core';
import { EyeInvisibleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { BlockContent } from './block-content.js';
import { ConditionMark } from './condition/condition-mark.js';
import { useCanvas } from './canvas-context.js';
import type { Block } from './document.js';
import { NodeTools } from './node-tools.js';
import { plainText } from './rich-text/static-text.js';
import { useLabelOf } from '../components/variables.js';

interface BlockViewProps {
  block: Block;
  columnId: string;
  index: number;
  /** This one takes the focus of Tab; arrows lead to the others. */
  tabStop: boolean;
}

/** True for a block whose words are written on the canvas. */
export function isWritable({ type }: Block): boolean {
  return type === 'text' || type === 'heading' || type === 'imageText' || type === 'unsubscribeFooter';
}

/** One block on the canvas: chosen by a click or by arrows, dragged as a whole. */
export function BlockView({ block, columnId, index, tabStop }: BlockViewProps) {
  const { t } = useTranslation('blocks');
  const { selectedId, editingId, select, edit } = useCanvas();
  const name = useBlockName()(block);
  const selected = selectedId === block.id;
  const editing = editingId === block.id;
  const drag = useDraggable({ id: block.id, data: { kind: 'block', id: block.id }, disabled: editing });
  const drop = useDroppable({ id: `over-${block.id}`, data: { kind: 'block', columnId, index } });
  const { top, right, bottom, left } =
    block.type === 'reusable' ? { top: 0, right: 0, bottom: 0, left: 0 } : block.padding;
  const setRefs = (element: HTMLElement | null) => {
    drag.setNodeRef(element);
    drop.setNodeRef(element);
  };
  const press = (event: React.MouseEvent) => {
    event.stopPropagation();
    if (editing) return;
    if (isWritable(block) && !(event.target as HTMLElement).closest('.no-image, .shown-image')) {
      edit(block.id, { x: event.clientX, y: event.clientY });
    } else select(block.id);
  };
  return (
    <div
      ref={setRefs}
      {...(editing ? {} : drag.listeners)}
      className="node block-node"
      data-node={block.id}
      data-selected={selected}
      data-editing={editing}
      data-dragging={drag.isDragging}
      role="group"
      aria-label={name}
      aria-current={selected || undefined}
      tabIndex={tabStop && !editing ? 0 : -1}
      onClick={press}
      style={{
        padding: `${top}px ${right}px ${bottom}px ${left}px`,
        ...('bg' in block && block.bg ? { background: block.bg } : {}),
      }}
    >
      <span className="node-name" aria-hidden="true">
        {t(`block.${block.type}`)}
        {block.hideOn && <EyeInvisibleOutlined />}
      </span>
      {block.visibleIf && <ConditionMark condition={block.visibleIf} />}
      {selected && !editing && <NodeTools id={block.id} listeners={drag.listeners} />}
      <BlockContent block={block} />
    </div>
  );
}

/** What a block is called: its kind and its first words. */
export function useBlockName(): (block: Block) => string {
  const { t } = useTranslation('blocks');
  const labelOf = useLabelOf();
  return (block) => {
    const kind = t(`block.${block.type}`);
    const words =
      'content' in block
        ? plainText(block.content, labelOf)
        : block.type === 'button'
          ? block.label
          : block.type === 'product'
            ? block.title
            : block.type === 'image'
              ? block.image.alt
              : '';
    return words ? t('named', { kind, words: words.slice(0, 60) }) : kind;
  };
}
