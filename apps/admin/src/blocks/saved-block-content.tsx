import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useCanvas } from './canvas-context.js';
import type { Block, BlockOf } from './document.js';
import { replaceReference, type SavedContent } from './edits.js';

function useSavedBlock(id: string) {
  return useQuery({
    queryKey: ['saved-blocks', id],
    queryFn: () => answer(api.GET('/api/v1/saved-blocks/{id}', { params: { path: { id } } })),
    retry: false,
  });
}

interface SavedBlockProps {
  id: string;
  /** Draws each of its blocks. */
  show: (block: Block) => ReactNode;
}

/** What a reference to a saved block or section stands for. */
export function SavedBlockContent({ id, show }: SavedBlockProps) {
  const { t } = useTranslation('blocks');
  const { data, error } = useSavedBlock(id);
  if (isNotFound(error)) return <Alert type="warning" showIcon title={t('saved.gone')} />;
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <Skeleton active title={false} />;
  const content = data.content as SavedContent;
  if (content.kind === 'block') return <Padded block={content.block}>{show(content.block)}</Padded>;
  return (
    <div className="section-row" style={content.section.bg ? { background: content.section.bg } : {}}>
      {content.section.columns.map((column) => (
        <div key={column.id} className="column-node" style={{ flex: column.widthPercent ?? 1 }}>
          {column.blocks.map((block) => (
            <Padded key={block.id} block={block}>
              {show(block)}
            </Padded>
          ))}
        </div>
      ))}
    </div>
  );
}

function Padded({ block, children }: { block: Block; children: ReactNode }) {
  const { top, right, bottom, left } = 'padding' in block ? block.padding : { top: 0, right: 0, bottom: 0, left: 0 };
  return <div style={{ padding: `${top}px ${right}px ${bottom}px ${left}px` }}>{children}</div>;
}

/** What can be done with a reference: let it become ordinary blocks, which are changed here alone. */
export function ReferenceFields({ block }: { block: BlockOf<'reusable'> }) {
  const { t } = useTranslation('blocks');
  const { apply, select } = useCanvas();
  const { data } = useSavedBlock(block.ref);
  return (
    <>
      {data && <p className="break">{data.name}</p>}
      <p className="quiet small prop-note">{t('saved.note')}</p>
      <Button
        size="small"
        className="gap-below"
        disabled={!data}
        onClick={() => {
          select(null);
          apply((doc) => replaceReference(doc, block.id, data!.content as SavedContent));
        }}
      >
        {t('saved.detach')}
      </Button>
    </>
  );
}
