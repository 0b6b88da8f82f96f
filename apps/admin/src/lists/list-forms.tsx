import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formsQuery } from '../api/reference.js';

/** The forms by which people put themselves on a list. */
export function ListForms({ listId }: { listId: string }) {
  const { t } = useTranslation('lists');
  const { data } = useQuery(formsQuery);
  const forms = data?.filter(({ lists }) => lists.includes(listId)) ?? [];
  const [first] = forms;
  if (!first) return <span className="quiet no-form">–</span>;
  if (forms.length > 1) return <Link to="/forms">{t('forms', { count: forms.length })}</Link>;
  return (
    <Link to={`/forms?q=${encodeURIComponent(first.name)}`} className="ellipsis clip-fifth" title={first.name}>
      {first.name}
    </Link>
  );
}
