import { CommentOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { RelativeTime } from '../components/relative-time.js';
import type { Campaign } from './report-query.js';

type Thread = Resource<'ReplyThreadSummary'>;

const KINDS = ['reply', 'auto-reply', 'unsubscribe'] as const;
const KIND_TONES = { reply: 'success', 'auto-reply': 'default', unsubscribe: 'warning' } as const;
const STATES = ['new', 'open', 'done'] as const;
const STATE_TONES = { new: 'error', open: 'processing', done: 'default' } as const;

/** What people wrote back to this campaign; each thread opens among the replies. */
export function RepliesTab({ campaign: { id, status } }: { campaign: Campaign }) {
  const { t } = useTranslation('report');
  return (
    <DataTable<Thread>
      name={`replies-of-${id}`}
      label={t('tab.replies')}
      load={(query) => answer(api.GET('/api/v1/replies', { params: { query: { ...query, campaignId: id } } }))}
      columns={useColumns()}
      searchLabel={t('replies.search')}
      filters={[
        { name: 'kind', label: t('replies.kind'), options: options(KINDS, (kind) => t(`replies.kindOf.${kind}`)) },
        {
          name: 'state',
          label: t('replies.state'),
          options: options(STATES, (state) => t(`replies.stateOf.${state}`)),
        },
      ]}
      refetchInterval={status === 'sending' ? 5_000 : false}
      empty={
        <EmptyState
          icon={<CommentOutlined />}
          title={t('replies.none')}
          text={t('replies.noneText')}
          action={<LinkButton to="/replies">{t('replies.inbox')}</LinkButton>}
        />
      }
      card={(thread) => (
        <div className="stack">
          <div className="spread">
            <Who thread={thread} />
            <State state={thread.state} />
          </div>
          <span className="quiet" lang="">
            {thread.preview}
          </span>
          <span className="quiet small">
            <Kind kind={thread.kind} /> <RelativeTime at={thread.lastAt} />
          </span>
        </div>
      )}
    />
  );
}

const options = <T extends string>(values: readonly T[], label: (value: T) => string) =>
  values.map((value) => ({ value, label: label(value) }));

function useColumns(): Column<Thread>[] {
  const { t } = useTranslation('report');
  return [
    { title: t('replies.who'), key: 'who', render: (_, thread) => <Who thread={thread} /> },
    {
      title: t('replies.said'),
      key: 'said',
      render: (_, { preview }) => (
        <span className="ellipsis" title={preview} lang="">
          {preview}
        </span>
      ),
    },
    { title: t('replies.kind'), key: 'kind', render: (_, { kind }) => <Kind kind={kind} /> },
    { title: t('replies.state'), key: 'state', render: (_, { state }) => <State state={state} /> },
    {
      title: t('replies.assignee'),
      key: 'assignee',
      render: (_, { assignee }) => <span lang="">{assignee?.name ?? '–'}</span>,
    },
    { title: t('replies.last'), key: 'last', render: (_, { lastAt }) => <RelativeTime at={lastAt} /> },
  ];
}

function Who({ thread: { id, name, address, unread } }: { thread: Thread }) {
  const { t } = useTranslation('report');
  return (
    <div className="two-lines" lang="">
      <Link to={`/replies/${id}`} className="ellipsis" title={address}>
        {name || address}
      </Link>
      <span className="ellipsis">
        {unread > 0 && <strong>{t('replies.unread', { count: unread })}</strong>} {name ? address : ''}
      </span>
    </div>
  );
}

function Kind({ kind }: { kind: Thread['kind'] }) {
  const { t } = useTranslation('report');
  return <Tag color={KIND_TONES[kind]}>{t(`replies.kindOf.${kind}`)}</Tag>;
}

function State({ state }: { state: Thread['state'] }) {
  const { t } = useTranslation('report');
  return <Tag color={STATE_TONES[state]}>{t(`replies.stateOf.${state}`)}</Tag>;
}
