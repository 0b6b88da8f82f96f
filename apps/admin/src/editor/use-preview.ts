import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { useSettled } from '../components/use-settled.js';
import type { Content } from './content.js';

const TYPING_PAUSE_MS = 500;

/** The content as the server renders it for a contact (or a sample recipient), a moment after typing stops. */
export function usePreview(content: Content, contactId: string | undefined) {
  const settled = useSettled(content, TYPING_PAUSE_MS);
  const query = useQuery({
    queryKey: ['preview', settled, contactId ?? null],
    queryFn: ({ signal }) =>
      answer(
        api.POST('/api/v1/templates/preview', {
          body: { content: settled, ...(contactId ? { contactId } : {}) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return { ...query, settling: settled !== content || query.isFetching };
}
