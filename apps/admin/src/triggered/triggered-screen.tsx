import { ThunderboltOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { StatusTag, useStatusOptions } from '../components/status-tag.js';
import { CurlExample, CurlExampleButton } from './curl-example.js';
import { MessageDrawer } from './message-drawer.js';
import { useMessageParam } from './use-message-param.js';
import './triggered.css';

type Message = Resource<'MessageSummary'>;

/** New messages come in by themselves; the log follows. */
const REFRESH_MS = 5_000;

/** The log of triggered mail. */
export default function TriggeredScreen() {
  const { t } = useTranslation('triggered');
  const statuses = useStatusOptions('recipient');
  const { open } = useMessageParam();
  const columns: Column<Message>[] = [
    { title: t('to'), key: 'to', render: (_, message) => <Who message={message} onOpen={open} /> },
    { title: t('subject'), key: 'subject', render: (_, { subject }) => <Subject subject={subject} /> },
    { title: t('status'), key: 'status', render: (_, message) => <State message={message} /> },
    { title: t('tags'), key: 'tags', render: (_, { tags }) => <Tags tags={tags} /> },
    { title: t('created'), key: 'created', render: (_, { createdAt }) => <RelativeTime at={createdAt} /> },
  ];
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={<CurlExampleButton />} />
      <DataTable<Message>
        name="messages"
        views="messages"
        label={t('title')}
        load={({ q, count: _, ...query }) =>
          answer(api.GET('/api/v1/messages', { params: { query: { ...query, ...(q ? { to: q } : {}) } } }))
        }
        columns={columns}
        searchLabel={t('search')}
        filters={[{ name: 'status', label: t('status'), options: statuses }]}
        refetchInterval={REFRESH_MS}
        empty={
          <>
            <EmptyState icon={<ThunderboltOutlined />} title={t('empty.title')} text={t('empty.text')} />
            <CurlExample />
          </>
        }
        card={(message) => (
          <div className="stack">
            <div className="spread">
              <Who message={message} onOpen={open} />
              <State message={message} />
            </div>
            <Subject subject={message.subject} />
            <div className="spread">
              <RelativeTime at={message.createdAt} />
              <Tags tags={message.tags} />
            </div>
          </div>
        )}
      />
      <MessageDrawer />
    </>
  );
}

function Who({ message: { id, to }, onOpen }: { message: Message; onOpen: (id: string) => void }) {
  return (
    <button type="button" className="row-open" title={to} onClick={() => onOpen(id)}>
      {to}
    </button>
  );
}

/** As it was written: what it became for one person may be private. */
function Subject({ subject }: { subject: string }) {
  return (
    <span className="ellipsis clip-320" title={subject} lang="">
      {subject}
    </span>
  );
}

/** The outcome, or what came back after it. */
function State({ message: { status, retryAt, bouncedAt } }: { message: Message }) {
  const { t } = useTranslation('triggered');
  if (bouncedAt) return <Tag color="error">{t('bounced')}</Tag>;
  if (retryAt) return <Tag color="warning">{t('retry')}</Tag>;
  return <StatusTag kind="recipient" value={status} />;
}

function Tags({ tags }: { tags: string[] }) {
  return (
    <span className="message-tags" lang="">
      {tags.map((tag) => (
        <Tag key={tag} className="tag-clip" title={tag}>
          {tag}
        </Tag>
      ))}
    </span>
  );
}
