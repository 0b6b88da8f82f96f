import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RuleNames } from '#engine/segment-query';
import { answer, api } from '../api/client.js';
import { fieldsQuery, listsQuery, tagsQuery } from '../api/reference.js';

/** Everything a row can be about: for the choices, and to call it by its name. */
export function useReferences() {
  const fields = useQuery(fieldsQuery).data;
  const lists = useQuery(listsQuery).data;
  const tags = useQuery(tagsQuery).data;
  const campaigns = useQuery({
    queryKey: ['campaigns', 'choices'],
    queryFn: async () => (await answer(api.GET('/api/v1/campaigns', { params: { query: { limit: 200 } } }))).items,
  }).data;
  return { fields, lists, tags, campaigns };
}
export type References = ReturnType<typeof useReferences>;

/** Names for the sentence about a rule. While they are being loaded nothing is called deleted. */
export function useRuleNames({ fields, lists, campaigns }: References): RuleNames {
  return useMemo(() => {
    const named = (items: { id: string; name: string }[] | undefined) => (id: string) =>
      items ? items.find((item) => item.id === id)?.name : '…';
    return {
      field: (key) => (fields ? fields.find((field) => field.key === key)?.label : key),
      list: named(lists),
      campaign: named(campaigns),
    };
  }, [fields, lists, campaigns]);
}
