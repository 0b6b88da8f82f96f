import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { abTestQuery, letterOf, testsTimes, type AbTest } from '../ab-test/index.js';
import { NotFoundPage } from '../app/error-page.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useSaveKey } from '../components/use-save-key.js';
import { ContentFrame } from './content-frame.js';
import { useDraftContext } from './draft-context.js';
import { restoreVariant, useVariant } from './use-variant.js';

/** What a variant of the A/B test says, in the full-size editor: its own content, which begins as a copy of A's. */
export default function VariantScreen() {
  const { campaign } = useDraftContext();
  const { letter } = useParams();
  // As it is stored now: a subject may have been written a moment ago.
  const {
    data: test,
    error,
    refetch,
    isFetchedAfterMount,
  } = useQuery({
    ...abTestQuery(campaign.id),
    refetchOnMount: 'always',
  });
  if (error && !test) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (test === undefined || !isFetchedAfterMount) return <Skeleton active paragraph={{ rows: 10 }} />;
  const variant = [1, 2, 3].find((number) => letterOf(number) === letter) ?? 0;
  if (!test?.variants[variant - 1] || testsTimes(test)) return <NotFoundPage />;
  return <Editor key={variant} variant={variant} test={test} />;
}

function Editor({ variant, test }: { variant: number; test: AbTest }) {
  const { t } = useTranslation('campaigns');
  const { campaign, draft } = useDraftContext();
  const { id } = campaign;
  const ofA = draft.content;
  const { draft: said, change, state, flush, replaceBy } = useVariant({ campaignId: id, variant, test, ofA });
  useSaveKey(() => void flush());
  const letter = letterOf(variant);
  const place = `/campaigns/${id}#abTest-${letter}`;
  return (
    <ContentFrame
      content={said.content}
      onChange={(part) => change({ content: { ...said.content, ...part } })}
      state={state}
      flush={flush}
      title={t('variantTitle', { letter, name: draft.name || t('untitled') })}
      back={{ to: place, label: draft.name || t('untitled') }}
      done={place}
      history={{
        path: `/api/v1/campaigns/${id}/ab-test/variants/${variant}/revisions`,
        onRestore: (revisionId) =>
          replaceBy((version) => restoreVariant({ campaignId: id, variant, ofA }, revisionId, version)),
      }}
      variant={variant}
    />
  );
}
