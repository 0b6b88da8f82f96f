import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { useSession } from '../app/session.js';

/** A new campaign in one click: named after today, from the same sender as the last one. Its page replaces this one where asked. */
export function useCreateCampaign({ replace = false } = {}): { create: () => Promise<void>; busy: boolean } {
  const { t } = useTranslation('campaigns');
  const { workspace } = useSession();
  const navigate = useNavigate();
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const create = async () => {
    setBusy(true);
    try {
      const last = await lastSender();
      const fresh = await answer(
        api.POST('/api/v1/campaigns', {
          body: {
            name: t('newName', { date: dayjs().format('YYYY-MM-DD') }),
            from: last?.from ?? { name: workspace.name.slice(0, 100), address: '' },
            replyTo: last?.replyTo ?? null,
          },
        }),
      );
      queryClient.setQueryData(['campaigns', fresh.id], fresh);
      void queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      void navigate(`/campaigns/${fresh.id}`, { replace });
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
