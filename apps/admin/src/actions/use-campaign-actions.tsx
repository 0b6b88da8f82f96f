import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { useConfirm } from '../components/confirm-button.js';

type Campaign = Resource<'Campaign'>;
type Target = Pick<Campaign, 'id' | 'name' | 'status'>;

/** Takes over the state an action answered with, and lets every list and report load again. */
function adopt(fresh: Campaign): void {
  queryClient.setQueryData(['campaigns', fresh.id], fresh);
  void queryClient.invalidateQueries({
    queryKey: ['campaigns'],
    predicate: ({ queryKey }) => queryKey[1] !== fresh.id,
  });
  void queryClient.invalidateQueries({ queryKey: ['campaigns', fresh.id, 'report'] });
}

/** What a person does with a campaign from wherever it is shown. Failures are reported; cancelling is asked about. */
export function useCampaignActions() {
  const { t } = useTranslation('actions');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const report = useReport();
  const ask = useConfirm();
  const run = async (call: Promise<{ data?: Campaign }>, said: string): Promise<Campaign | null> => {
    try {
      const fresh = await answer(call);
      adopt(fresh);
      message.success(said);
      return fresh;
    } catch (error) {
      report(error);
      void queryClient.invalidateQueries({ queryKey: ['campaigns'] });
      return null;
    }
  };
  const at = (id: string) => ({ params: { path: { id } } });
  return {
    pause: ({ id }: Target) => run(api.POST('/api/v1/campaigns/{id}/pause', at(id)), t('paused')),
    resume: ({ id }: Target) => run(api.POST('/api/v1/campaigns/{id}/resume', at(id)), t('resumed')),
    unschedule: ({ id }: Target) => run(api.POST('/api/v1/campaigns/{id}/unschedule', at(id)), t('unscheduled')),
    cancel: ({ id, name, status }: Target) =>
      ask({
        ...(status === 'scheduled'
          ? {
              question: t('callOffQuestion', { name }),
              consequence: t('callOffText'),
              confirm: t('callOff'),
              keep: t('keepScheduled'),
            }
          : {
              question: t('cancelQuestion', { name }),
              consequence: t('cancelText'),
              confirm: t('cancel'),
              keep: status === 'paused' ? t('keepPaused') : t('keepSending'),
            }),
        onConfirm: async () => {
          adopt(await answer(api.POST('/api/v1/campaigns/{id}/cancel', at(id))));
          message.success(t('cancelled'));
        },
      }),
    duplicate: async ({ id }: Target) => {
      const fresh = await run(api.POST('/api/v1/campaigns/{id}/duplicate', at(id)), t('duplicated'));
      if (fresh) void navigate(`/campaigns/${fresh.id}`);
    },
    /** @param letter of the variant it starts from, where that is not A */
    followUp: async ({ id }: Target, to: 'not_opened' | 'clicked', letter?: string) => {
      const call = api.POST('/api/v1/campaigns/{id}/follow-up', { ...at(id), body: { to } });
      const done = t(`followedUp.${to}`);
      const fresh = await run(call, letter ? t('followedVariant', { done, letter }) : done);
      if (fresh) void navigate(`/campaigns/${fresh.id}`);
    },
    remove: ({ id, name, status }: Target) =>
      ask({
        question: status === 'draft' ? t('deleteQuestion', { name }) : t('archiveQuestion', { name }),
        consequence: status === 'draft' ? t('deleteText') : t('archiveText'),
        confirm: status === 'draft' ? t('delete') : t('archive'),
        onConfirm: async () => {
          await answer(api.DELETE('/api/v1/campaigns/{id}', at(id)));
          await queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] });
          void navigate('/campaigns');
        },
      }),
  };
}
