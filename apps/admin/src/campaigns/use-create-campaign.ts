import { useState } from 'react';
import { useNavigate } from 'react-router';
import { startSubjectTest } from '../ab-test/index.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { useSession } from '../app/session.js';
import type { Content } from '../editor/index.js';
import type { CampaignType } from './type-cards.js';

interface NewCampaign {
  type: CampaignType;
  name: string;
  /** Reads what its mail begins as. */
  load: () => Promise<Content>;
  /** The template that is, which the campaign remembers. */
  templateId: string | null;
}

/** Makes a campaign, from the same sender as the last one, and puts its page in the place of this one. */
export function useCreateCampaign(): { create: (wanted: NewCampaign) => Promise<void>; busy: boolean } {
  const { workspace } = useSession();
  const navigate = useNavigate();
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const create = async ({ type, name, load, templateId }: NewCampaign) => {
    setBusy(true);
    try {
      const beginning = templateId ? { templateId } : load().then((content) => ({ content }));
      const [begun, last] = await Promise.all([beginning, lastSender()]);
      const from = last?.from ?? { name: workspace.name.slice(0, 100), address: '' };
      const body = { name, ...begun, from, replyTo: last?.replyTo ?? null };
      const fresh = await answer(api.POST('/api/v1/campaigns', { body }));
      queryClient.setQueryData(['campaigns', fresh.id], fresh);
      void queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      if (templateId) void queryClient.invalidateQueries({ queryKey: ['templates', 'list'] });
      // There is a draft by now: without its test it can be given one on its page.
      if (type === 'ab') await startSubjectTest(fresh.id).catch(report);
      void navigate(`/campaigns/${fresh.id}${type === 'ab' ? '#abTest' : ''}`, { replace: true });
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return { create, busy };
}

/** Sender of the newest campaign; null when there is none, or it can't be told. */
async function lastSender() {
  try {
    const { items } = await answer(api.GET('/api/v1/campaigns', { params: { query: { limit: 1 } } }));
    const id = items[0]?.id;
    return id ? await answer(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })) : null;
  } catch {
    return null;
  }
}
