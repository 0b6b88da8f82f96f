import { DeleteOutlined } from '@ant-design/icons';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { ProblemAlert } from '../components/problem-alert.js';
import type { Dragged } from './drop-place.js';
import { ICONS } from './kinds.js';
import { PaletteTile } from './palette-tile.js';
import { useRoving } from '../components/use-roving.js';

const SHOWN = 50;

/** Blocks and sections that were saved to be used again. */
export const savedBlocksQuery = queryOptions({
  queryKey: ['saved-blocks', 'list'],
  queryFn: async () => (await answer(api.GET('/api/v1/saved-blocks', { params: { query: { limit: SHOWN } } }))).items,
});

/** The saved ones in the palette: what is put into a mail stays linked to what was saved. */
export function SavedBlocks({ onAdd }: { onAdd: (thing: Dragged) => void }) {
  const { t } = useTranslation('blocks');
  const roving = useRoving();
  const { data, error, refetch } = useQuery(savedBlocksQuery);
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active title={false} className="panel-body" />;
  if (data.length === 0) return <p className="panel-body quiet small">{t('saved.none')}</p>;
  return (
    <div className="palette-grid saved" role="toolbar" aria-label={t('palette.saved')} {...roving}>
      {data.map(({ id, name, content }) => (
        <div key={id} className="saved-row">
          <PaletteTile thing={{ kind: 'saved', id, whole: content.kind === 'section' }} onAdd={onAdd}>
            <span aria-hidden="true">{ICONS[content.kind === 'section' ? 'section' : content.block.type]}</span>
            <span className="saved-name">{name}</span>
          </PaletteTile>
          <ConfirmButton
            size="small"
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={t('saved.deleteOf', { name })}
            question={t('saved.deleteQuestion', { name })}
            consequence={t('saved.deleteText')}
            confirm={t('tool.remove')}
            onConfirm={async () => {
              await answer(api.DELETE('/api/v1/saved-blocks/{id}', { params: { path: { id } } }));
              await queryClient.invalidateQueries({ queryKey: ['saved-blocks'] });
            }}
          />
        </div>
      ))}
    </div>
  );
}
