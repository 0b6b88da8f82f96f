import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Alarms } from './alarms.js';
import { Changes } from './changes.js';
import { RulePanel } from './rule-panel.js';
import { RulePreview, type Proposal } from './rule-preview.js';

/** What each kind of bounce does; a change is looked at before it is saved, and can be undone. */
export default function HygieneScreen() {
  const { t } = useTranslation('hygiene');
  const [proposal, setProposal] = useState<Proposal>();
  const { data, error, refetch } = useQuery({
    queryKey: ['hygiene', 'table'],
    queryFn: () => answer(api.GET('/api/v1/hygiene')),
  });
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton active paragraph={{ rows: 12 }} className="panel" />}
      {data?.items.map((row) => (
        <RulePanel key={`${row.rule} ${row.version}`} row={row} onPropose={setProposal} />
      ))}
      <section className="panel">
        <h2>{t('complaint.title')}</h2>
        <p className="quiet">{t('complaint.text')}</p>
      </section>
      <Alarms />
      <Changes />
      <RulePreview proposal={proposal} onClose={() => setProposal(undefined)} />
    </>
  );
}
