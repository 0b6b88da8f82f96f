import { useNavigate } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';

/** Makes a campaign with a copy of a template, and goes to it. */
export function useTemplateInCampaign(): (templateId: string, name: string) => Promise<void> {
  const navigate = useNavigate();
  const report = useReport();
  return async (templateId, name) => {
    try {
      const fresh = await answer(api.POST('/api/v1/campaigns', { body: { name, templateId } }));
      await queryClient.invalidateQueries({ queryKey: ['campaigns'] });
      void queryClient.invalidateQueries({ queryKey: ['templates', 'list'] });
      void navigate(`/campaigns/${fresh.id}`);
    } catch (error) {
      report(error);
    }
  };
}
