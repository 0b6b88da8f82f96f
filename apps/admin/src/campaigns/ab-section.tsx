import { Skeleton } from 'antd';
import { Suspense } from 'react';
import { AbTestCard } from '../ab-test/index.js';
import { useDraftContext } from './draft-context.js';
import { useDeparture } from './use-departure.js';
import { useAudience } from './use-audience.js';

/** The A/B test of the draft, with the people that are chosen on this page. */
export function AbSection() {
  const { campaign, draft } = useDraftContext();
  const departure = useDeparture();
  const { data } = useAudience(draft.audience);
  return (
    <Suspense fallback={<Skeleton active title paragraph={{ rows: 1 }} className="panel check-section" />}>
      <AbTestCard campaignId={campaign.id} campaign={draft} people={data?.prepared} departure={departure} />
    </Suspense>
  );
}
