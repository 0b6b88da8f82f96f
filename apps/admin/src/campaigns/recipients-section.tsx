import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api/api-error.js';
import { listsQuery } from '../api/reference.js';
import { Count } from '../components/count.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useCheckText } from '../words/index.js';
import type { SectionState } from './checklist.js';
import { useDraftContext } from './draft-context.js';
import { Field, useFieldError } from './field.js';
import { GroupsSelect } from './groups-select.js';
import { Section } from './section.js';
import { useAudience } from './use-audience.js';

/** Who gets it: lists and segments, less others, with the exact number after everyone who may not be mailed. */
export function RecipientsSection({ state }: { state: SectionState }) {
  const { t } = useTranslation('campaigns');
  const { draft, change, errors } = useDraftContext();
  const error = useFieldError(errors);
  const { data: lists } = useQuery(listsQuery);
  const { audience } = draft;
  const { lists: into, segments, excludeLists, excludeSegments } = audience;
  const chosenError = error('audience.lists') ?? error('audience.segments');
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
        <Field id="campaign-lists" label={t('lists')} error={chosenError}>
          <GroupsSelect
            id="campaign-lists"
            value={{ lists: into, segments }}
            taken={{ lists: excludeLists, segments: excludeSegments }}
            placeholder={t('listsPlaceholder')}
            invalid={Boolean(chosenError)}
            onChange={(chosen) => change({ audience: { ...audience, ...chosen } })}
          />
        </Field>
        <Field
          id="campaign-exclude"
          label={t('excludeLists')}
          error={error('audience.excludeLists') ?? error('audience.excludeSegments')}
        >
          <GroupsSelect
            id="campaign-exclude"
            value={{ lists: excludeLists, segments: excludeSegments }}
            taken={{ lists: into, segments }}
            placeholder={t('excludePlaceholder')}
            onChange={(left) =>
              change({ audience: { ...audience, excludeLists: left.lists, excludeSegments: left.segments } })
            }
          />
        </Field>
      </div>
      {into.length + segments.length > 0 && <AudienceCount />}
    </Section>
  );
}

function AudienceCount() {
  const { t } = useTranslation('campaigns');
  const { draft } = useDraftContext();
  const { data, error, counting, refetch } = useAudience(draft.audience);
  const worded = useCheckText();
  // What can't be counted as it was chosen is said as the checks say it; trying again would not help.
  if (error instanceof ApiError && error.errors.length > 0) {
    return <Alert type="error" showIcon role="alert" title={error.errors.map(worded).join(' · ')} />;
  }
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
