import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { REST, armSizes } from '#engine/ab-test';
import { Count } from '../components/count.js';
import { ZonedTime } from '../components/relative-time.js';
import { SubjectText } from '../components/subject-text.js';
import { abTestQuery, letterOf, type AbTest } from './ab-query.js';
import './ab-test.css';
import { unitOf } from './duration.js';
import { testsTimes, type Departure } from './times.js';

interface Props {
  campaignId: string;
  /** How many may be mailed, those held out included. */
  people: number;
  /** How many of them get nothing, to compare with. */
  heldOut: number;
  departure: Departure;
}

/** What a test will do once the campaign has started: who gets what, and when. Nothing where nothing is tested. */
export default function TestPlan(props: Props) {
  const { t } = useTranslation('abTest');
  const { data: test } = useQuery(abTestQuery(props.campaignId));
  if (!test) return null;
  return (
    <div>
      <dt>{t('title')}</dt>
      <dd>
        {testsTimes(test) ? <Times test={test} {...props} /> : <Sample test={test} {...props} />}
        {props.heldOut > 0 && <span className="block">{t('plan.heldOut', { count: props.heldOut })}</span>}
      </dd>
    </div>
  );
}

function Times({ test, people, departure: { at, zone } }: Props & { test: AbTest }) {
  const { t } = useTranslation('abTest');
  const sizes = sizesOf(test, people);
  const times = [at, ...test.variants.map(({ sendAt }) => Date.parse(sendAt ?? ''))];
  return (
    <>
      <ul className="plain-list">
        {times.map((time, variant) => (
          <li key={variant}>
            {t('variantName', { letter: letterOf(variant) })} · <Count value={sizes.get(variant) ?? 0} /> ·{' '}
            {time === null ? t('timeOfStart') : <ZonedTime at={time} zone={zone} />}
          </li>
        ))}
      </ul>
      <span className="quiet small block">{t('timesNote')}</span>
    </>
  );
}

function Sample({ test, people }: Props & { test: AbTest }) {
  const { t, i18n } = useTranslation('abTest');
  const number = new Intl.NumberFormat(i18n.language);
  const sizes = sizesOf(test, people);
  const unit = unitOf(test.durationMinutes);
  const said = {
    letters: [0, ...test.variants.keys()].map((_, variant) => letterOf(variant)).join(' / '),
    each: number.format(sizes.get(0) ?? 0),
    rest: number.format(sizes.get(REST) ?? 0),
    time: t(unit.key, { n: unit.n }),
  };
  return (
    <>
      {t('plan.sample', said)}
      <ul className="plain-list">
        {test.variants.map(({ subject, content }, index) => (
          <li key={index} className="quiet">
            {t('variantName', { letter: letterOf(index + 1) })}
            {subject && (
              <>
                {' · '}
                <SubjectText subject={subject} />
              </>
            )}
            {content && ` · ${t('ownContent')}`}
          </li>
        ))}
      </ul>
      {sizes.has(REST) && (
        <span className="block">{t(test.fallback === null ? 'plan.restAsks' : 'plan.rest', said)}</span>
      )}
    </>
  );
}

function sizesOf(test: AbTest, people: number): Map<number, number> {
  return armSizes({ ...test, variants: test.variants.length + 1 }, people);
}
