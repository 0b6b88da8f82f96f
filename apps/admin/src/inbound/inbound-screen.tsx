import { InboxOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { TabLinks } from '../components/tab-links.js';
import { useEffectText, type InboundMessage } from './effect.js';
import { KINDS, KindTag, TRUSTS } from './tags.js';
import './inbound.css';

/** Everything that came back, and among it what waits for a person. */
export default function InboundScreen() {
  const { t } = useTranslation('inbound');
  const [total, setTotal] = useState<number>();
  return (
    <>
      <PageHeader title={t('title')} count={total} description={t('description')} />
      <TabLinks
        label={t('title')}
        current="all"
        items={[
          { key: 'all', label: t('all'), to: '/inbound' },
          { key: 'review', label: t('review'), to: '/inbound/review' },
          { key: 'rules', label: t('rules'), to: '/inbound/rules' },
        ]}
      />
      <DataTable<InboundMessage>
        name="inbound"
        views="inbound"
        label={t('title')}
        load={(query) => answer(api.GET('/api/v1/inbound', { params: { query } }))}
        onTotal={setTotal}
        columns={useColumns()}
        searchLabel={t('search')}
        filters={[
          {
            name: 'kind',
            label: t('kindTitle'),
            options: KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
          },
          {
            name: 'trust',
            label: t('trustTitle'),
            options: TRUSTS.map((value) => ({ value, label: t(`trust.${value}`) })),
          },
        ]}
        refetchInterval={10_000}
        empty={
          <EmptyState
            icon={<InboxOutlined />}
            title={t('empty.title')}
            text={t('empty.text')}
            action={<LinkButton to="/settings/mailboxes">{t('empty.action')}</LinkButton>}
          />
        }
        card={(message) => (
          <div className="stack">
            <div className="spread">
              <Subject message={message} />
              <KindTag kind={message.kind} />
            </div>
            <span className="quiet">{message.from}</span>
            <Effect message={message} />
            <span className="quiet small">
              <RelativeTime at={message.receivedAt} />
            </span>
          </div>
        )}
      />
    </>
  );
}

function useColumns(): Column<InboundMessage>[] {
  const { t } = useTranslation('inbound');
  return [
    {
      title: t('message'),
      key: 'message',
      render: (_, message) => (
        <div className="two-lines">
          <Subject message={message} />
          <span className="ellipsis" title={message.from}>
            {message.from || t('nullSender')}
          </span>
        </div>
      ),
    },
    { title: t('kindTitle'), key: 'kind', render: (_, { kind }) => <KindTag kind={kind} /> },
    { title: t('did'), key: 'did', render: (_, message) => <Effect message={message} /> },
    {
      title: t('about'),
      key: 'about',
      render: (_, { campaignId, campaignName, contactEmail }) => (
        <div className="two-lines">
          <span className="ellipsis" title={contactEmail ?? ''}>
            {contactEmail ?? '–'}
          </span>
          {campaignId && (
            <Link to={`/campaigns/${campaignId}`} className="ellipsis" title={campaignName ?? ''}>
              {campaignName}
            </Link>
          )}
        </div>
      ),
    },
    {
      title: t('receivedAt'),
      key: 'received',
      render: (_, { receivedAt, source }) => (
        <div className="two-lines">
          <RelativeTime at={receivedAt} />
          <span className="ellipsis">{source === 'smtp' ? t('bySmtp') : source}</span>
        </div>
      ),
    },
  ];
}

function Subject({ message: { id, subject } }: { message: InboundMessage }) {
  const { t } = useTranslation('inbound');
  return (
    <Link to={`/inbound/${id}`} className="ellipsis" title={subject}>
      {subject || t('noSubject')}
    </Link>
  );
}

function Effect({ message }: { message: InboundMessage }) {
  const { t } = useTranslation('inbound');
  const text = useEffectText();
  return (
    <span className="inbound-effect">
      {(message.status === 'review' || message.status === 'quarantined') && (
        <Tag color="warning">{t(`status.${message.status}`)}</Tag>
      )}
      {text(message)}
    </span>
  );
}
