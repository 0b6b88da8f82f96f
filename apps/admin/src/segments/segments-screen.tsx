import { FilterOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Tag } from 'antd';
import { useState, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { Count } from '../components/count.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { currentLocale } from '../i18n/i18n.js';
import type { Segment } from './use-save-segment.js';
import { holdersOf } from './segment-uses.js';
import './segments.css';

const COUNTING_MS = 2_000;
const COUNTED_WITHIN_MS = 5 * 60_000;

/** Whether its number is on its way; one that has none for long can't be counted. */
function isBeingCounted({ countedAt, problems, updatedAt }: Segment): boolean {
  return countedAt === null && problems.length === 0 && Date.now() - Date.parse(updatedAt) < COUNTED_WITHIN_MS;
}

/** The segments of the workspace: what each asks, how many it found last, and where it is used. */
export default function SegmentsScreen() {
  const { t } = useTranslation('segments');
  const [total, setTotal] = useState<number>();
  const [counting, setCounting] = useState(false);
  const create = (
    <LinkButton type="primary" icon={<PlusOutlined />} to="/segments/new">
      {t('create')}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t('title')} count={total} description={t('about')} actions={create} />
      <DataTable<Segment>
        name="segments"
        views="segments"
        label={t('title')}
        load={async (query) => {
          const page = await answer(api.GET('/api/v1/segments', { params: { query } }));
          setCounting(page.items.some(isBeingCounted));
          return page;
        }}
        refetchInterval={counting && COUNTING_MS}
        onTotal={setTotal}
        columns={useColumns()}
        searchLabel={t('search')}
        empty={<EmptyState icon={<FilterOutlined />} title={t('empty.title')} text={t('empty.text')} action={create} />}
        card={(segment) => <SegmentCard segment={segment} />}
      />
    </>
  );
}

function useColumns(): Column<Segment>[] {
  const { t } = useTranslation('segments');
  return [
    {
      title: t('name'),
      key: 'name',
      render: (_, segment) => (
        <div className="segment-cell">
          <Link className="segment-name" to={`/segments/${segment.id}`}>
            {segment.name}
          </Link>
          {segment.problems.length > 0 && <Tag color="error">{t('broken')}</Tag>}
          <span className="quiet segment-rule">{segment.summary[currentLocale() === 'en' ? 'en' : 'zh']}</span>
        </div>
      ),
    },
    { title: t('found'), key: 'count', align: 'right', render: (_, segment) => <Found segment={segment} /> },
    {
      title: t('usedBy'),
      key: 'usedBy',
      align: 'right',
      render: (_, { usedBy }) => <Count value={usedBy} />,
    },
    { title: t('changed'), key: 'changed', render: (_, { updatedAt }) => <RelativeTime at={updatedAt} /> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, segment) => <SegmentActions segment={segment} />,
    },
  ];
}

function Found({ segment: { count, countedAt } }: { segment: Segment }) {
  const { t } = useTranslation('segments');
  if (count === null || countedAt === null) return <span className="quiet">{t('notYet')}</span>;
  return (
    <div className="two-lines">
      <Count value={count} />
      <RelativeTime at={countedAt} />
    </div>
  );
}

const reload = () => queryClient.invalidateQueries({ queryKey: ['segments'] });

function SegmentActions({ segment }: { segment: Segment }) {
  const { t } = useTranslation('segments');
  const navigate = useNavigate();
  const report = useReport();
  const path = { params: { path: { id: segment.id } } };
  const remove = useRemove(segment);
  const count = () => answer(api.POST('/api/v1/segments/{id}/count', path)).then(reload, report);
  const duplicate = async () => {
    try {
      const copy = await answer(api.POST('/api/v1/segments/{id}/duplicate', path));
      await reload();
      await navigate(`/segments/${copy.id}`);
    } catch (error) {
      report(error);
    }
  };
  return (
    <div className="row-actions">
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'edit', label: <Link to={`/segments/${segment.id}`}>{t('edit')}</Link> },
            { key: 'contacts', label: <Link to={`/contacts?segment=${segment.id}`}>{t('showContacts')}</Link> },
            { key: 'count', label: t('countNow'), onClick: () => void count() },
            { key: 'duplicate', label: t('duplicate'), onClick: () => void duplicate() },
            { key: 'delete', label: t('delete'), danger: true, onClick: () => void remove() },
          ],
        }}
      >
        <Button size="small" aria-label={t('moreFor', { name: segment.name })}>
          ⋯
        </Button>
      </Dropdown>
    </div>
  );
}

const UNDO_SECONDS = 10;

/** Deletes at once, with a way back; a segment that is used stays, and the campaigns are named. */
function useRemove(segment: Segment): () => Promise<void> {
  const { t } = useTranslation('segments');
  const { modal, notification } = App.useApp();
  const report = useReport();
  const path = { params: { path: { id: segment.id } } };
  const navigate = useNavigate();
  const inUse = async () => {
    const { items, total = items.length, nextCursor } = await holdersOf(segment.id);
    const told = modal.info({ title: t('inUse', { name: segment.name }) });
    const open = (event: MouseEvent, to: string) => {
      event.preventDefault();
      told.destroy();
      void navigate(to);
    };
    const link = (to: string, text: string) => (
      <a href={to} onClick={(event) => open(event, to)}>
        {text}
      </a>
    );
    const campaigns = items.map(({ campaign: { id, name } }) => <li key={id}>{link(`/campaigns/${id}`, name)}</li>);
    told.update({
      content: (
        <>
          <p>{t('inUseText')}</p>
          <ul>{campaigns}</ul>
          {nextCursor && <p>{link(`/segments/${segment.id}`, t('allUses', { count: total }))}</p>}
        </>
      ),
    });
  };
  const undo = async (key: string) => {
    notification.destroy(key);
    await answer(api.POST('/api/v1/segments/{id}/restore', path)).then(reload, report);
  };
  return async () => {
    try {
      await answer(api.DELETE('/api/v1/segments/{id}', path));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'IN_USE') return inUse();
      return report(error);
    }
    await reload();
    const key = `segment-${segment.id}`;
    notification.open({
      key,
      placement: 'bottomRight',
      title: t('deleted', { name: segment.name }),
      duration: UNDO_SECONDS,
      actions: (
        <Button type="primary" onClick={() => void undo(key)}>
          {t('undo')}
        </Button>
      ),
    });
  };
}

function SegmentCard({ segment }: { segment: Segment }) {
  const { t } = useTranslation('segments');
  return (
    <div className="stack">
      <div className="spread">
        <Link to={`/segments/${segment.id}`}>{segment.name}</Link>
        <SegmentActions segment={segment} />
      </div>
      {segment.problems.length > 0 && <Tag color="error">{t('broken')}</Tag>}
      <span className="quiet">{segment.summary[currentLocale() === 'en' ? 'en' : 'zh']}</span>
      <Found segment={segment} />
    </div>
  );
}
