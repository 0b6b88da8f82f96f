import { queryOptions } from '@tanstack/react-query';
import { answer, api } from './client.js';
import { useEvents } from './events.js';
import { queryClient } from './query.js';
import type { Page, Resource } from './types.js';

export type CampaignSummary = Resource<'CampaignSummary'>;

/** One campaign with everything that is set about it. */
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id],
    queryFn: () => answer(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })),
  });

/**
 * Keeps every list of campaigns on the page in step with the server, and calls `onChange` with a campaign that moved.
 * Without a stream of events it asks every few seconds.
 */
export function useLiveCampaigns(onChange?: (campaign: CampaignSummary | null) => void): void {
  useEvents((event) => {
    if (event.type === 'poll') {
      void queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      onChange?.(null);
    }
    if (event.type !== 'campaigns' || !Array.isArray(event.items)) return;
    const fresh = new Map((event.items as CampaignSummary[]).map((item) => [item.id, item]));
    queryClient.setQueriesData<Page<CampaignSummary>>({ queryKey: ['campaigns', 'list'] }, (page) =>
      page ? { ...page, items: page.items.map((item) => fresh.get(item.id) ?? item) } : page,
    );
    for (const item of fresh.values()) {
      const known = queryClient.getQueryData<Resource<'Campaign'>>(['campaigns', item.id]);
      if (known && known.status !== item.status)
        void queryClient.invalidateQueries({ queryKey: ['campaigns', item.id] });
      onChange?.(item);
    }
  });
}
