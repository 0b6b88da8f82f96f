import { ImportOutlined, PlusOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { useConfirm } from '../components/confirm-button.js';
import { Count } from '../components/count.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { GrowthSpark, PageGrowth } from './growth-spark.js';
import { ListDrawer } from './list-drawer.js';
import { ListForms } from './list-forms.js';

type List = Resource<'List'>;

/** The lists of the workspace with how many are on each. */
export default function ListsScreen() {
  const { t } = useTranslation('lists');
  const [total, setTotal] = useState<number>();
  const [edited, setEdited] = useState<List | 'new' | null>(null);
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('create')}
    </Button>
  );
  const actions = (
    <>
      <LinkButton to="/sunset">{t('sunset')}</LinkButton>
      {create}
    </>
  );
  return (
    <>
      <PageHeader title={t('title')} count={total} description={t('description')} actions={actions} />
      <PageGrowth>
        <DataTable<List>
          name="lists"
          views="lists"
          label={t('title')}
          load={(query) => answer(api.GET('/api/v1/lists', { params: { query } }))}
          onTotal={setTotal}
          columns={useColumns(setEdited)}
          searchLabel={t('search')}
          empty={
            <EmptyState
              icon={<UnorderedListOutlined />}
              title={t('empty.title')}
              text={t('empty.text')}
              action={create}
            />
          }
          card={(list) => <ListCard list={list} onEdit={setEdited} />}
        />
      </PageGrowth>
      <ListDrawer
        open={edited !== null}
        list={edited === 'new' ? undefined : (edited ?? undefined)}
        onClose={() => setEdited(null)}
      />
    </>
  );
}

function useColumns(onEdit: (list: List) => void): Column<List>[] {
  const { t } = useTranslation('lists');
  return [
    {
      title: t('name'),
      key: 'name',
      render: (_, list) => (
        <div className="two-lines">
          <Link to={`/lists/${list.id}`} className="ellipsis" title={list.name}>
            {list.name}
          </Link>
          {list.description && (
            <span className="ellipsis" title={list.description}>
              {list.description}
            </span>
          )}
        </div>
      ),
    },
    { title: t('optIn'), key: 'optIn', choice: 'usual', render: (_, list) => <OptIn list={list} /> },
    { title: t('growth.column'), key: 'growth', choice: 'usual', render: (_, list) => <GrowthSpark list={list} /> },
    {
      title: t('subscribed'),
      key: 'subscribed',
      align: 'right',
      render: (_, { counts }) => <Count value={counts.subscribed} />,
    },
    {
      title: t('pending'),
      key: 'pending',
      choice: 'extra',
      align: 'right',
      render: (_, { counts }) => <Count value={counts.pending} />,
    },
    {
      title: t('unsubscribed'),
      key: 'unsubscribed',
      choice: 'usual',
      align: 'right',
      render: (_, { counts }) => <Count value={counts.unsubscribed} />,
    },
    { title: t('form'), key: 'form', choice: 'usual', render: (_, list) => <ListForms listId={list.id} /> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, list) => <ListActions list={list} onEdit={onEdit} />,
    },
  ];
}

function OptIn({ list }: { list: List }) {
  const { t } = useTranslation('lists');
  return (
    <Tooltip title={t(`optInHelp.${list.optIn}`)}>
      <Tag>{t(`optInName.${list.optIn}`)}</Tag>
    </Tooltip>
  );
}

function ListActions({ list, onEdit }: { list: List; onEdit: (list: List) => void }) {
  const { t } = useTranslation('lists');
  const ask = useConfirm();
  const remove = () =>
    ask({
      question: t('deleteQuestion', { name: list.name }),
      consequence: t('deleteText', { count: list.counts.subscribed + list.counts.pending }),
      confirm: t('delete'),
      onConfirm: async () => {
        await answer(api.DELETE('/api/v1/lists/{id}', { params: { path: { id: list.id } } }));
        await queryClient.invalidateQueries({ queryKey: ['lists'] });
        await queryClient.invalidateQueries({ queryKey: ['contacts'] });
      },
    });
  return (
    <div className="row-actions">
      <LinkButton size="small" icon={<ImportOutlined />} to={`/imports/new?list=${list.id}`}>
        {t('import')}
      </LinkButton>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'contacts', label: <Link to={`/contacts?list=${list.id}`}>{t('contacts')}</Link> },
            { key: 'quality', label: <Link to={`/lists/${list.id}/quality`}>{t('quality')}</Link> },
            { key: 'edit', label: t('edit'), onClick: () => onEdit(list) },
            { key: 'delete', label: t('delete'), danger: true, onClick: remove },
          ],
        }}
      >
        <Button size="small" aria-label={t('moreFor', { name: list.name })}>
          ⋯
        </Button>
      </Dropdown>
    </div>
  );
}

function ListCard({ list, onEdit }: { list: List; onEdit: (list: List) => void }) {
  const { t } = useTranslation('lists');
  return (
    <div className="stack">
      <div className="spread">
        <Link to={`/lists/${list.id}`}>{list.name}</Link>
        <OptIn list={list} />
      </div>
      <span className="quiet">
        {t('subscribed')} <Count value={list.counts.subscribed} /> · {t('pending')}{' '}
        <Count value={list.counts.pending} /> · {t('unsubscribed')} <Count value={list.counts.unsubscribed} />
      </span>
      <div className="spread">
        <GrowthSpark list={list} />
        <ListForms listId={list.id} />
      </div>
      <ListActions list={list} onEdit={onEdit} />
    </div>
  );
}
