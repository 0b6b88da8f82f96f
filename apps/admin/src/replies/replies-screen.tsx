import { CommentOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { KINDS, ReplyKindTag, STATES, StateTag, type Summary } from './tags.js';
import './replies.css';

/** What people wrote back, in threads by contact and campaign. */
export default function RepliesScreen() {
  const { t } = useTranslation('replies');
  const [total, setTotal] = useState<number>();
  return (
    <>
      <PageHeader title={t('title')} count={total} description={t('description')} />
      <DataTable<Summary>
        name="replies"
        views="replies"
        label={t('title')}
        load={(query) => answer(api.GET('/api/v1/replies', { params: { query } }))}
        onTotal={setTotal}
        columns={useColumns()}
        searchLabel={t('search')}
        filters={[
          {
            name: 'state',
            label: t('stateTitle'),
            options: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            name: 'kind',
            label: t('kindTitle'),
            options: KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
          },
          {
            name: 'assignee',
            label: t('assignee'),
            options: [
              { value: 'me', label: t('mine') },
              { value: 'none', label: t('nobodys') },
            ],
          },
          { name: 'unread', label: t('unreadTitle'), options: [{ value: 'true', label: t('unreadOnly') }] },
        ]}
        refetchInterval={10_000}
        empty={
          <EmptyState
            icon={<CommentOutlined />}
            title={t('empty.title')}
            text={t('empty.text')}
            action={<LinkButton to="/settings/mailboxes">{t('empty.action')}</LinkButton>}
          />
        }
        card={(thread) => (
          <div className="stack">
            <div className="spread">
              <Who thread={thread} />
              <StateTag state={thread.state} />
            </div>
            <span className="quiet" lang="">
              {thread.preview}
            </span>
            <span className="quiet small">
              <ReplyKindTag kind={thread.kind} /> <RelativeTime at={thread.lastAt} />
            </span>
          </div>
        )}
      />
    </>
  );
}

function useColumns(): Column<Summary>[] {
  const { t } = useTranslation('replies');
  return [
    { title: t('who'), key: 'who', render: (_, thread) => <Who thread={thread} /> },
    {
      title: t('said'),
      key: 'said',
      render: (_, { preview, campaignName, campaignId }) => (
        <div className="two-lines" lang="">
          <span className="ellipsis" title={preview}>
            {preview}
          </span>
          {campaignId && (
            <Link to={`/campaigns/${campaignId}`} className="ellipsis" title={campaignName ?? ''}>
              {campaignName}
            </Link>
          )}
        </div>
      ),
    },
    { title: t('kindTitle'), key: 'kind', render: (_, { kind }) => <ReplyKindTag kind={kind} /> },
    { title: t('stateTitle'), key: 'state', render: (_, { state }) => <StateTag state={state} /> },
    {
      title: t('assignee'),
      key: 'assignee',
      render: (_, { assignee }) => <span lang="">{assignee?.name ?? '–'}</span>,
    },
    { title: t('lastAt'), key: 'last', render: (_, { lastAt }) => <RelativeTime at={lastAt} /> },
  ];
}

function Who({ thread: { id, name, address, unread } }: { thread: Summary }) {
  const { t } = useTranslation('replies');
  return (
    <div className="two-lines" lang="">
      <Link to={`/replies/${id}`} className={unread > 0 ? 'ellipsis replies-unread' : 'ellipsis'} title={address}>
        {name || address}
      </Link>
      <span className="ellipsis">
        {unread > 0 && <strong className="replies-count">{t('unread', { count: unread })}</strong>}{' '}
        {name ? address : ''}
      </span>
    </div>
  );
}
