import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';

type Checklist = Resource<'Checklist'>;
export type CheckItem = Checklist['items'][number];
export type SectionKey = 'recipients' | 'sender' | 'subject' | 'content' | 'tracking' | 'time' | 'abTest';

const RUNNING_MS = 1_000;

/** What stands between a draft and its start, as the server sees it. */
export const checklistQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'checklist'],
    queryFn: async () => {
      const checks = await answer(api.GET('/api/v1/campaigns/{id}/checklist', { params: { path: { id } } }));
      return { ...checks, items: withoutRepeats(checks.items) };
    },
    placeholderData: (old?: Checklist) => old,
    refetchInterval: ({ state }) => (state.data?.preflight.status === 'running' ? RUNNING_MS : false),
  });

/** That there is no content yet is said once: the template engine finds the same. */
function withoutRepeats(items: CheckItem[]): CheckItem[] {
  const empty = items.some(({ code }) => code === 'CONTENT_EMPTY');
  return empty ? items.filter(({ code }) => code !== 'TEMPLATE_EMPTY') : items;
}

/** The section of the page where an item is mended; null for what is set elsewhere. */
export function sectionOf({ property }: Pick<CheckItem, 'property'>): SectionKey | null {
  if (property.startsWith('abTest')) return 'abTest';
  if (property === 'time' || property === 'hourlyLimit') return 'time';
  if (property.startsWith('audience')) return 'recipients';
  if (property.startsWith('from') || property === 'replyTo' || property === 'smtpAccounts') return 'sender';
  if (property === 'content.subject' || property === 'content.preheader') return 'subject';
  if (property.startsWith('content') || property === 'attachments') return 'content';
  return null;
}

export type SectionState = 'ok' | 'warning' | 'error' | 'unknown';

/** How a section stands; `unknown` until the first answer. */
export function stateOf(section: SectionKey, items: CheckItem[] | undefined): SectionState {
  if (!items) return 'unknown';
  const own = items.filter((item) => sectionOf(item) === section && item.code !== 'NOT_TESTED');
  if (own.some(({ severity }) => severity === 'error')) return 'error';
  return own.length > 0 ? 'warning' : 'ok';
}
