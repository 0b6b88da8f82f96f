import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SegmentRule } from '#contracts';
import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import type { BodyOf, Resource } from '../api/types.js';
import { Count } from '../components/count.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { StatusTag } from '../components/status-tag.js';
import { useSettled } from '../components/use-settled.js';

const PAUSE_MS = 400;
const SAMPLE = 10;

/** Counts the rule as it stands when it has stood still for a moment; not asked while a row lacks its value. */
export function usePreview(rule: SegmentRule, complete: boolean) {
  const settled = useSettled(rule, PAUSE_MS);
  const still = settled === rule;
  const query = useQuery({
    queryKey: ['segments', 'preview', settled],
    queryFn: ({ signal }) => {
      const body = { rule: settled, sample: SAMPLE } as unknown as BodyOf<'/api/v1/segments/preview', 'post'>;
      return answer(api.POST('/api/v1/segments/preview', { body, signal }));
    },
    enabled: complete && still,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    retry: false,
  });
  const fieldErrors = query.error instanceof ApiError ? query.error.errors : [];
  return { ...query, fieldErrors, counting: complete && (!still || query.isFetching) };
}

interface PreviewPanelProps {
  preview: ReturnType<typeof usePreview>;
  complete: boolean;
  /** The rule in words. */
  sentence: string | null;
}

/** How many, who for instance, and the rule as a sentence. */
export function PreviewPanel({ preview, complete, sentence }: PreviewPanelProps) {
  const { t } = useTranslation('segments');
  return (
    <aside className="panel segment-preview" aria-label={t('preview')}>
      <h2>{t('preview')}</h2>
      <div aria-live="polite" aria-busy={preview.counting} data-settling={preview.counting}>
        <Found preview={preview} complete={complete} />
      </div>
      {sentence && (
        <>
          <h3>{t('sentence')}</h3>
          <p className="segment-sentence">{sentence}</p>
        </>
      )}
      {complete && preview.data && <Sample contacts={preview.data.sample} />}
    </aside>
  );
}

function Found({ preview, complete }: Pick<PreviewPanelProps, 'preview' | 'complete'>) {
  const { t } = useTranslation('segments');
  const { data, error, fieldErrors, refetch } = preview;
  if (!complete) return <p className="quiet no-margin">{t('incomplete')}</p>;
  // What is wrong with a row stands at the row.
  if (fieldErrors.length > 0) return <p className="field-error">{t('notCounted')}</p>;
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  if (data.count === null) return <p className="field-error">{t('notCounted')}</p>;
  return (
    <p className="segment-count">
      <strong>
        <Count value={data.count} />
      </strong>{' '}
      {t('contacts', { count: data.count })}
    </p>
  );
}

function Sample({ contacts }: { contacts: Resource<'SegmentPreview'>['sample'] }) {
  const { t } = useTranslation('segments');
  if (contacts.length === 0) return null;
  return (
    <>
      <h3>{t('sample')}</h3>
      <ul className="segment-sample">
        {contacts.map(({ id, email, name, status }) => (
          <li key={id}>
            <span className="two-lines">
              <Link to={`/contacts/${id}`} className="ellipsis" title={email}>
                {email}
              </Link>
              {name && <span className="ellipsis">{name}</span>}
            </span>
            {status !== 'active' && <StatusTag kind="contact" value={status} />}
          </li>
        ))}
      </ul>
    </>
  );
}
