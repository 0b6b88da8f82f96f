import { ClearOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { NotFoundPage } from '../app/error-page.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { CleaningHistory } from './cleaning-history.js';
import { QualityPanel } from './quality-panel.js';

/** One list: how good its addresses are, and the way to make them better. */
export default function ListQualityScreen() {
  const { t } = useTranslation('cleaning');
  const id = useParams().id!;
  const { data, error, refetch } = useQuery({
    queryKey: ['lists', id],
    queryFn: () => answer(api.GET('/api/v1/lists/{id}', { params: { path: { id } } })),
  });
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} />;
  return (
    <>
      <PageHeader
        title={t('qualityOf', { list: data.name })}
        description={t('listDescription')}
        back={{ to: `/lists/${id}`, label: data.name }}
        actions={<StartButton listId={id} />}
      />
      <QualityPanel listId={id} />
      <CleaningHistory listId={id} action={<StartButton listId={id} />} />
    </>
  );
}

function StartButton({ listId }: { listId: string }) {
  const { t } = useTranslation('cleaning');
  const navigate = useNavigate();
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    try {
      const path = { params: { path: { id: listId } } };
      const { id } = await answer(api.POST('/api/v1/lists/{id}/cleanings', path));
      await queryClient.invalidateQueries({ queryKey: [`cleanings-${listId}`] });
      await navigate(`/cleanings/${id}`);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button type="primary" icon={<ClearOutlined />} loading={busy} onClick={() => void start()}>
      {t('start')}
    </Button>
  );
}
