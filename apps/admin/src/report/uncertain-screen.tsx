import { QuestionCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams, useSearchParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { campaignQuery } from '../api/campaigns.js';
import { answer, api } from '../api/client.js';
import type { BodyOf, Resource } from '../api/types.js';
import { NotFoundPage } from '../app/error-page.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { TrailDrawer, useTrailParam } from '../trail/index.js';
import { useProviderName } from '../words/index.js';
import './report.css';
import { uncertainListKey, uncertainStoryQuery, useLiveReport, type Campaign } from './report-query.js';
import { UncertainActions } from './uncertain-actions.js';
import { UncertainStory } from './uncertain-story.js';

type Uncertain = Resource<'UncertainRecipient'>;
type Filter = NonNullable<BodyOf<'/api/v1/campaigns/{id}/uncertain', 'post'>['filter']>;
const CAUSES = ['sender_stopped', 'connection_ended'] as const;

/** Everybody of a campaign of whom nobody knows whether they got it: what happened, and what a person decides. */
export default function UncertainScreen() {
  const id = useParams().id!;
  useLiveReport(id);
  const { data: campaign, error, refetch } = useQuery(campaignQuery(id));
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !campaign) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!campaign) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (campaign.status === 'draft' || campaign.status === 'scheduled') {
    return <Navigate to={`/campaigns/${id}`} replace />;
  }
  return <Screen campaign={campaign} />;
}

function Screen({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('report');
  const { id } = campaign;
  const filter = useFilter();
  const [total, setTotal] = useState<number>();
  const { open } = useTrailParam();
  const story = useQuery(uncertainStoryQuery(id));
  const accounts = (story.data?.groups ?? []).flatMap(({ smtpAccountId, smtpAccountName }) =>
    smtpAccountId ? [{ value: smtpAccountId, label: smtpAccountName ?? smtpAccountId }] : [],
  );
  return (
    <>
      <PageHeader
        title={t('uncertain.screen')}
        count={story.data?.count}
        back={{ to: `/campaigns/${id}/report`, label: campaign.name }}
        description={t(campaign.status === 'cancelled' ? 'uncertain.textCancelled' : 'uncertain.text')}
      />
      {story.data && story.data.count > 0 && (
        <section className="panel gap-below">
          <h2>{t('uncertain.happened')}</h2>
          <UncertainStory groups={story.data.groups} />
          {total !== undefined && total > 0 && (
            <UncertainActions
              campaign={campaign}
              count={total}
              choice={{ filter }}
              label={t('uncertain.all', { count: total })}
            />
          )}
        </section>
      )}
      <DataTable<Uncertain>
        name={uncertainListKey(id)}
        label={t('uncertain.screen')}
        load={({ ...query }) =>
          answer(api.GET('/api/v1/campaigns/{id}/uncertain', { params: { path: { id }, query } }))
        }
        onTotal={setTotal}
        rowKey={({ seq }) => String(seq)}
        rowLabel={({ email }) => email}
        columns={useColumns(open)}
        searchLabel={t('uncertain.search')}
        filters={[
          {
            name: 'cause',
            label: t('uncertain.why'),
            options: CAUSES.map((value) => ({ value, label: t(`uncertain.cause.${value}`) })),
          },
          { name: 'smtpAccountId', label: t('uncertain.account'), options: accounts, hidden: accounts.length === 0 },
        ]}
        bulk={(ids, done) => (
          <UncertainActions
            campaign={campaign}
            count={ids.length}
            choice={{ recipients: ids.map(Number) }}
            onDone={done}
          />
        )}
        empty={
          <EmptyState
            icon={<QuestionCircleOutlined />}
            title={t('uncertain.none')}
            text={t('uncertain.noneText')}
            action={<LinkButton to={`/campaigns/${id}/report`}>{t('uncertain.toReport')}</LinkButton>}
          />
        }
        card={(row) => <UncertainCard row={row} onOpen={open} />}
      />
      <TrailDrawer campaignId={id} />
    </>
  );
}

/** The filters of the list, which are also what "all" means. */
function useFilter(): Filter {
  const [params] = useSearchParams();
  const cause = CAUSES.find((name) => name === params.get('cause'));
  const smtpAccountId = params.get('smtpAccountId');
  const q = params.get('q');
  return { ...(cause && { cause }), ...(smtpAccountId && { smtpAccountId }), ...(q && { q }) };
}

function useColumns(onOpen: (address: string) => void): Column<Uncertain>[] {
  const { t } = useTranslation('report');
  const nameOf = useProviderName();
  return [
    {
      title: t('recipients.who'),
      key: 'email',
      render: (_, { email, name }) => (
        <div className="two-lines">
          <button type="button" className="row-open" title={email} onClick={() => onOpen(email)}>
            {email}
          </button>
          <span className="ellipsis">{name || '–'}</span>
        </div>
      ),
    },
    { title: t('providers.provider'), key: 'provider', render: (_, { provider }) => nameOf(provider) },
    { title: t('uncertain.when'), key: 'at', render: (_, { at }) => <Instant at={at} /> },
    {
      title: t('uncertain.account'),
      key: 'account',
      render: (_, { smtpAccountName, host }) => (
        <div className="two-lines">
          <span>{smtpAccountName ?? '–'}</span>
          <span className="mono">{host ?? ''}</span>
        </div>
      ),
    },
    { title: t('uncertain.why'), key: 'why', render: (_, row) => <Why row={row} /> },
  ];
}

/** What happened in plain words, and, where a server was there, what was last heard of it. */
function Why({ row: { cause, text } }: { row: Uncertain }) {
  const { t } = useTranslation('report');
  return (
    <div className="two-lines">
      <span>{t(`uncertain.meaning.${cause}`)}</span>
      {cause !== 'sender_stopped' && text && <code className="mono server-words">{text}</code>}
    </div>
  );
}

function UncertainCard({ row, onOpen }: { row: Uncertain; onOpen: (address: string) => void }) {
  return (
    <div className="stack">
      <button type="button" className="row-open" onClick={() => onOpen(row.email)}>
        {row.email}
      </button>
      <span className="quiet">
        <Instant at={row.at} /> {row.smtpAccountName && ` · ${row.smtpAccountName}`}
      </span>
      <Why row={row} />
    </div>
  );
}
