import { BulbOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { useReasonName } from '../words/index.js';
import { PhraseDialog, type Phrase } from './phrase-dialog.js';
import { ReviewTabs } from './review-tabs.js';
import './review.css';

type Learned = Resource<'LearnedPhrase'>;
const EMPTY: Phrase = { phrase: '', kind: 'bounce', reason: 'userunknown' };

/** What the classifier has learned in this workspace; each can be removed. */
export default function RulesScreen() {
  const { t } = useTranslation('review');
  const [total, setTotal] = useState<number>();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('rules.new')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('rules.title')} count={total} description={t('rules.description')} actions={add} />
      <ReviewTabs current="rules" />
      <DataTable<Learned>
        name="phrases"
        label={t('rules.title')}
        load={(query) => answer(api.GET('/api/v1/phrases', { params: { query } }))}
        onTotal={setTotal}
        columns={useColumns()}
        empty={<EmptyState icon={<BulbOutlined />} title={t('rules.empty')} text={t('rules.emptyText')} />}
      />
      {adding && <PhraseDialog initial={EMPTY} onClose={() => setAdding(false)} />}
    </>
  );
}

function useColumns(): Column<Learned>[] {
  const { t } = useTranslation('review');
  const reasonName = useReasonName();
  const remove = async (id: string) => {
    await answer(api.DELETE('/api/v1/phrases/{id}', { params: { path: { id } } }));
    await queryClient.invalidateQueries({ queryKey: ['phrases'] });
  };
  return [
    { title: t('rules.phrase'), key: 'phrase', render: (_, { phrase }) => <code lang="">{phrase}</code> },
    {
      title: t('decideAs'),
      key: 'kind',
      render: (_, { kind, reason }) => [t(`kind.${kind}`), reason && reasonName(reason)].filter(Boolean).join(' · '),
    },
    { title: t('rules.since'), key: 'since', render: (_, { createdAt }) => <RelativeTime at={createdAt} /> },
    {
      key: 'remove',
      render: (_, { id, phrase }) => (
        <ConfirmButton
          size="small"
          danger
          question={t('rules.removeQuestion', { phrase })}
          consequence={t('rules.removeConsequence')}
          confirm={t('rules.remove')}
          onConfirm={() => remove(id)}
        >
          {t('rules.remove')}
        </ConfirmButton>
      ),
    },
  ];
}
