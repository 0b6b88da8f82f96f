import {
  ArrowDownOutlined,
  ArrowLeftOutlined,
  ArrowRightOutlined,
  ArrowUpOutlined,
  CopyOutlined,
  DeleteOutlined,
  HolderOutlined,
  SaveOutlined,
} from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCanvas } from './canvas-context.js';
import { find, moveAcross, moveBy } from './edits.js';
import { useNodeActions } from './node-actions.js';

interface NodeToolsProps {
  id: string;
  listeners: Record<string, unknown> | undefined;
  dragRef?: (element: HTMLElement | null) => void;
}

/** Everything the mouse does by dragging, as buttons. They hold no tab stop: keys do the same on the block itself. */
export function NodeTools({ id, listeners, dragRef }: NodeToolsProps) {
  const { t } = useTranslation('blocks');
  const { doc, saveAsBlock } = useCanvas();
  const act = useNodeActions();
  const at = find(doc, id);
  if (!at) return null;
  const blocks = at.block ? [at.block] : at.section.columns.flatMap((column) => column.blocks);
  const savable = blocks.every(({ type }) => type !== 'reusable');
  const isBlock = at.block !== undefined;
  const tool = (name: string, icon: ReactNode, run: () => void, enabled = true) => (
    <Tooltip title={t(`tool.${name}`)} mouseEnterDelay={0.4}>
      <Button
        size="small"
        type="text"
        icon={icon}
        tabIndex={-1}
        disabled={!enabled}
        aria-label={t(`tool.${name}`)}
        onClick={(event) => {
          event.stopPropagation();
          run();
        }}
      />
    </Tooltip>
  );
  return (
    <div className="node-tools" role="toolbar" aria-label={t('tools')} onClick={(event) => event.stopPropagation()}>
      <span ref={dragRef} {...listeners} className="node-handle" title={t('tool.drag')}>
        <HolderOutlined aria-hidden="true" />
      </span>
      {tool('up', <ArrowUpOutlined />, () => act.up(id), moveBy(doc, id, -1) !== doc)}
      {tool('down', <ArrowDownOutlined />, () => act.down(id), moveBy(doc, id, 1) !== doc)}
      {isBlock && at.section.columns.length > 1 && (
        <>
          {tool('left', <ArrowLeftOutlined />, () => act.left(id), moveAcross(doc, id, -1) !== doc)}
          {tool('right', <ArrowRightOutlined />, () => act.right(id), moveAcross(doc, id, 1) !== doc)}
        </>
      )}
      {tool('duplicate', <CopyOutlined />, () => act.duplicate(id))}
      {savable && tool('save', <SaveOutlined />, () => saveAsBlock(id))}
      {tool('remove', <DeleteOutlined />, () => act.remove(id))}
    </div>
  );
}
