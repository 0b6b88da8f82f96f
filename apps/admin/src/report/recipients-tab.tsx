import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { RelativeTime } from '../components/relative-time.js';
import { StatusTag, useStatusOptions } from '../components/status-tag.js';
import { useTrailParam } from '../trail/index.js';
import { useProviderName } from '../words/index.js';
import type { Campaign, Report } from './report-query.js';

type Recipient = Resource<'Recipient'>;
const EVENTS = [
  'opened',
  'clicked',
  'bounced',
  'complained',
  'unsubscribed',
  'replied',
  'deferred',
  'excluded',
] as const;

/** Everyone the rules named, with what became of each; a row opens the whole story. */
export function RecipientsTab({ campaign, report }: { campaign: Campaign; report: Report }) {
  const { t } = useTranslation('report');
  const nameOf = useProviderName();
  const statuses = useStatusOptions('recipient');
  const { open } = useTrailParam();
  const { id } = campaign;
  return (
    <DataTable<Recipient>
      name={`recipients-${id}`}
      label={t('tab.recipients')}
      load={({ ...query }) => answer(api.GET('/api/v1/campaigns/{id}/recipients', { params: { path: { id }, query } }))}
      rowKey={keyOf}
      columns={useColumns(open)}
      searchLabel={t('recipients.search')}
      filters={[
        { name: 'status', label: t('recipients.status'), options: statuses },
        {
          name: 'event',
          label: t('recipients.event'),
          options: EVENTS.map((value) => ({ value, label: t(`event.${value}`) })),
        },
        {
          name: 'provider',
          label: t('providers.provider'),
          options: report.providers.map(({ provider }) => ({ value: provider, label: nameOf(provider) })),
        },
      ]}
      refetchInterval={campaign.status === 'sending' ? 5_000 : false}
      empty={<EmptyState title={t('recipients.none')} text={t('recipients.noneText')} />}
      card={(recipient) => (
        <div className="stack">
          <div className="spread">
            <OpenButton recipient={recipient} onOpen={open} />
            <State recipient={recipient} />
          </div>
          <Events recipient={recipient} />
        </div>
      )}
    />
  );
}

function keyOf({ seq, contactId, email }: Recipient): string {
  return seq === null ? `x${contactId ?? email}` : String(seq);
}

function useColumns(onOpen: (address: string) => void): Column<Recipient>[] {
  const { t } = useTranslation('report');
  const nameOf = useProviderName();
  return [
    {
      title: t('recipients.who'),
      key: 'email',
      render: (_, recipient) => (
        <div className="two-lines">
          <OpenButton recipient={recipient} onOpen={onOpen} />
          <span className="ellipsis">{recipient.name || '–'}</span>
        </div>
      ),
    },
    { title: t('recipients.status'), key: 'status', render: (_, recipient) => <State recipient={recipient} /> },
    { title: t('recipients.event'), key: 'events', render: (_, recipient) => <Events recipient={recipient} /> },
    { title: t('providers.provider'), key: 'provider', render: (_, { provider }) => nameOf(provider) },
    { title: t('recipients.accepted'), key: 'at', render: (_, { acceptedAt }) => <RelativeTime at={acceptedAt} /> },
  ];
}

/** Leads to the whole story; of a contact that was left out and erased since there is not even an address. */
function OpenButton({ recipient: { email }, onOpen }: { recipient: Recipient; onOpen: (address: string) => void }) {
  if (!email) return <>–</>;
  return (
    <button type="button" className="row-open" title={email} onClick={() => onOpen(email)}>
      {email}
    </button>
  );
}

/** The outcome of a recipient, or why there is none. */
function State({ recipient: { status, exclusion, retryAt } }: { recipient: Recipient }) {
  const { t } = useTranslation('report');
  if (exclusion) return <Tag>{t(`exclusion.${exclusion}`)}</Tag>;
  if (!status) return <>–</>;
  if (status === 'pending' && retryAt) return <Tag color="warning">{t('event.deferred')}</Tag>;
  return <StatusTag kind="recipient" value={status} />;
}

function Events({ recipient }: { recipient: Recipient }) {
  const { t } = useTranslation('report');
  const facts = [
    [recipient.bouncedAt, 'bounced', 'error'],
    [recipient.complainedAt, 'complained', 'error'],
    [recipient.unsubscribedAt, 'unsubscribed', 'default'],
    [recipient.repliedAt, 'replied', 'success'],
    [recipient.clickedAt, 'clicked', 'success'],
    [recipient.openedAt, 'opened', 'processing'],
  ] as const;
  const shown = facts.filter(([at]) => at);
  if (shown.length === 0) return <span className="quiet">–</span>;
  return (
    <span className="event-tags">
      {shown.map(([, name, color]) => (
        <Tag key={name} color={color}>
          {t(`event.${name}`)}
        </Tag>
      ))}
    </span>
  );
}
