import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import type { BodyOf, Resource } from '../api/types.js';
import { Count } from '../components/count.js';

type Field = Resource<'Field'>;
type Use = Resource<'FieldUsage'>['uses'][number];
/** Saved blocks are only seen in the editor. */
const PLACES: Record<Exclude<Use['kind'], 'saved_block'>, (id: string) => string> = {
  segment: (id) => `/segments/${id}`,
  template: (id) => `/templates/${id}`,
  campaign: (id) => `/campaigns/${id}`,
  form: () => '/forms',
};

function useUsage({ id }: Field) {
  const { data } = useQuery({
    queryKey: ['fields', 'usage'],
    queryFn: () => answer(api.GET('/api/v1/fields/usage')),
  });
  return data && (data.items.find(({ field }) => field === id) ?? { total: 0, uses: [] });
}

/** How many segments, templates, unsent campaigns, saved blocks and forms name a field. */
export function UseCount({ field }: { field: Field }) {
  const usage = useUsage(field);
  return usage ? <Count value={usage.total} /> : <span>…</span>;
}

/** What goes with a field: what contacts have in it, counted now, and the places that name it. */
export function DeleteText({ field }: { field: Field }) {
  const { t } = useTranslation('fields');
  const usage = useUsage(field);
  const count = useHolders(field);
  return (
    <div className="stack">
      <span>{t('fields.deleteText')}</span>
      {count !== undefined && <span>{t('fields.holders', { count })}</span>}
      {usage && usage.total > 0 && (
        <>
          <span>{t('fields.usedIn', { count: usage.total })}</span>
          <ul className="plain-list">
            {usage.uses.map(({ kind, id, name }) => (
              <li key={`${kind}:${id}`}>
                {t(`fields.useKind.${kind}`)} {/* Whoever looks first comes back to the question. */}
                {kind === 'saved_block' ? (
                  name
                ) : (
                  <Link to={PLACES[kind](id)} target="_blank">
                    {name}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** How many contacts have something in a field: asked like any rule of a segment, which is quick at a million. */
function useHolders({ key, type }: Field): number | undefined {
  const { data } = useQuery({
    queryKey: ['fields', 'holders', key],
    queryFn: () => {
      const of = [{ kind: 'field', key, type, test: { op: 'set' } }];
      const body = { rule: { version: 1, root: { kind: 'all', of } }, sample: 0 };
      return answer(api.POST('/api/v1/segments/preview', { body: body as BodyOf<'/api/v1/segments/preview', 'post'> }));
    },
  });
  return data?.count ?? undefined;
}
