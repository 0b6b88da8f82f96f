import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fieldsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { useRefusalWord } from './use-refusal-word.js';

type Samples = NonNullable<Resource<'Import'>['check']>['samples'];
/** Rows that fare alike. */
export type Group = keyof Samples;

interface CheckSamplesProps {
  group: Group;
  total: number;
  samples: Samples;
}

/** The first rows of a group. */
export function CheckSamples({ group, total, samples }: CheckSamplesProps) {
  const { t } = useTranslation('imports');
  const word = useRefusalWord();
  const label = useTargetLabel();
  const lines = samples[group].map((sample) => {
    if ('line' in sample) {
      const reason = 'code' in sample ? word(sample.code) : '';
      return {
        key: String(sample.line),
        cells: [t('line', { line: sample.line }), sample.cells.filter(Boolean).join(' · '), reason],
      };
    }
    const changes = sample.changes.map(({ property, before, after }) => (
      <span key={property} className="change">
        {label(property)}
        {t('colon')}
        {before !== '' && <del>{before}</del>} <ins>{after}</ins>
      </span>
    ));
    const last = group === 'existing' ? (changes.length > 0 ? changes : t('noChange')) : '';
    return { key: sample.email, cells: [sample.email, sample.name, last] };
  });
  return (
    <div id="check-samples" className="check-samples">
      <h3>{t(`group.${group}`)}</h3>
      <ul>
        {lines.map(({ key, cells: [first, second, third] }) => (
          <li key={key}>
            <span className="sample-first">{first}</span>
            <span>{second}</span>
            {third !== '' && <span className="sample-note">{third}</span>}
          </li>
        ))}
      </ul>
      {total > lines.length && <p className="quiet small no-margin">{t('firstOf', { count: lines.length, total })}</p>}
    </div>
  );
}

/** What a property of a sample is called. */
function useTargetLabel(): (property: string) => string {
  const { t, i18n } = useTranslation('imports');
  const fields = useQuery(fieldsQuery).data ?? [];
  return (property) => {
    if (i18n.exists(`imports:targetName.${property}`)) return t(`targetName.${property}`);
    return fields.find(({ key }) => `field:${key}` === property)?.label ?? property.replace('field:', '');
  };
}
