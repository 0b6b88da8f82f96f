import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Content } from '../editor/index.js';

/** Stores a new template and goes to it: what saves itself has to be there first. */
export function useCreateTemplate() {
  const navigate = useNavigate();
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const create = async (draft: Content & { name: string }) => {
    setBusy(true);
    try {
      const fresh = await answer(api.POST('/api/v1/templates', { body: draft }));
      await queryClient.invalidateQueries({ queryKey: ['templates', 'list'] });
      await navigate(`/templates/${fresh.id}`);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return { create, busy };
}
