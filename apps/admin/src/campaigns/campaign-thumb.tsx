import { answer, api } from '../api/client.js';
import type { CampaignSummary } from '../api/campaigns.js';
import { MailThumb } from '../components/mail-thumb.js';

/** A small picture of a campaign's mail, as the server compiles it. What has begun does not change any more. */
export function CampaignThumb({ campaign: { id, startedAt, updatedAt } }: { campaign: CampaignSummary }) {
  const load = async () => {
    const { content } = await answer(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }));
    return answer(api.POST('/api/v1/templates/preview', { body: { content } }));
  };
  return <MailThumb queryKey={['campaign-thumb', id, startedAt ?? updatedAt]} load={load} />;
}
