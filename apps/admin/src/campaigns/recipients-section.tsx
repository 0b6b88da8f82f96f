import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listsQuery } from '../api/reference.js';
import { Count } from '../components/count.js';
import { ProblemAlert } from '../components/problem-alert.js';
import type { SectionState } from './checklist.js';
import { useDraftContext } from './draft-context.js';
import { Field, useFieldError } from './field.js';
import { Section } from './section.js';
import { useAudience } from './use-audience.js';

/** Who gets it: lists, less other lists, with the exact number after everyone who may not be mailed. */
export function RecipientsSection({ state }: { state: SectionState }) {
  const { t, i18n } = useTranslation('campaigns');
  const { draft, change, errors } = useDraftContext();
  const error = useFieldError(errors);
  const { data: lists, isPending } = useQuery(listsQuery);
  const { audience } = draft;
  const number = new Intl.NumberFormat(i18n.language);
  const options = (taken: string[]) =>
    (lists ?? []).map(({ id, name, counts }) => ({
      value: id,
      label: t('listOption', { name, number: number.format(counts.subscribed) }),
      disabled: taken.includes(id),
    }));
  if (lists?.length === 0) {
    return (
      <Section name="recipients" number={1} state={state}>
        <p className="quiet">
          {t('noLists')} <Link to="/imports/new">{t('importFirst')}</Link>
        </p>
      </Section>
    );
  }
  return (
    <Section name="recipients" number={1} state={state}>
      <div className="form-row">
        <Field id="campaign-lists" label={t('lists')} error={error('audience.lists')}>
          <Select
            id="campaign-lists"
            mode="multiple"
            className="wide"
            value={lists ? audience.lists : []}
            loading={isPending}
            options={options(audience.excludeLists)}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('listsPlaceholder')}
            status={error('audience.lists') ? 'error' : ''}
            onChange={(ids: string[]) => change({ audience: { ...audience, lists: ids } })}
          />
        </Field>
        <Field id="campaign-exclude" label={t('excludeLists')} error={error('audience.excludeLists')}>
          <Select
            id="campaign-exclude"
            mode="multiple"
            className="wide"
            value={lists ? audience.excludeLists : []}
            options={options(audience.lists)}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('excludePlaceholder')}
            onChange={(ids: string[]) => change({ audience: { ...audience, excludeLists: ids } })}
          />
        </Field>
      </div>
      {audience.lists.length > 0 && <AudienceCount />}
    </Section>
  );
}

function AudienceCount() {
  const { t } = useTranslation('campaigns');
  const { draft } = useDraftContext();
  const { data, error, counting, refetch } = useAudience(draft.audience);
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <p className="quiet">{t('counting')}</p>;
  const excluded = data.exclusions.filter(({ count }) => count > 0);
  return (
    <div className="audience" aria-live="polite" aria-busy={counting} data-settling={counting}>
      <div className="audience-total">
        <span className="audience-number">
          <Count value={data.prepared} />
        </span>
        <span>
          {t('willReceive')}
          <span className="quiet block">
            {t('candidates')} <Count value={data.candidates} /> · {t('excluded')} <Count value={data.excluded} />
          </span>
        </span>
      </div>
      {excluded.length > 0 && (
        <dl className="audience-reasons">
          {excluded.map(({ reason, count }) => (
            <div key={reason}>
              <dt>{t(`exclusion.${reason}`)}</dt>
              <dd>
                <Count value={count} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
