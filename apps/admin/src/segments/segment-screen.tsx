import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { SegmentEditor } from './segment-editor.js';
import type { SegmentDraft } from './use-save-segment.js';

/** One segment. */
export default function SegmentScreen() {
  const { t } = useTranslation('segments');
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['segments', id],
    queryFn: () => answer(api.GET('/api/v1/segments/{id}', { params: { path: { id } } })),
    // While it is edited, what somebody else writes is met when saving.
    refetchOnWindowFocus: false,
  });
  if (isNotFound(error)) {
    return (
      <div className="panel">
        <EmptyState title={t('notFound')} action={<LinkButton to="/segments">{t('title')}</LinkButton>} />
      </div>
    );
  }
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 8 }} />;
  const { name, description, rule } = data as unknown as SegmentDraft;
  return <SegmentEditor key={id} initial={{ name, description, rule }} stored={data} />;
}
