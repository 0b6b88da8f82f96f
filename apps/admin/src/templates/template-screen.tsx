import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useParams } from 'react-router';
import { isNotFound } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { NotFoundPage } from '../app/error-page.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { TemplateDesign } from './template-design.js';
import { TemplateEditor } from './template-editor.js';

/** One stored template. */
export default function TemplateScreen() {
  const id = useParams().id!;
  const { data, error, refetch } = useQuery({
    queryKey: ['templates', id],
    queryFn: () => answer(api.GET('/api/v1/templates/{id}', { params: { path: { id } } })),
    // Typing must not be interrupted by a reload; a stale save tells of a newer version.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (isNotFound(error)) return <NotFoundPage />;
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 10 }} />;
  return data.document ? <TemplateDesign key={id} template={data} /> : <TemplateEditor key={id} template={data} />;
}
