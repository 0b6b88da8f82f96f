import { Segmented, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Resource } from '../api/types.js';
import { Count, Rate } from '../components/count.js';
import { RateDelta, SentDelta } from './delta.js';

type Data = Resource<'Dashboard'>;
type Totals = Data['totals'];

/** Numerator and denominator of each rate, as the report defines them, and whether more of it is better. */
const RATES: { key: string; count: (totals: Totals) => number; of: (totals: Totals) => number; good: boolean }[] = [
  { key: 'delivery', count: (totals) => totals.delivered, of: tried, good: true },
  { key: 'open', count: (totals) => totals.opened, of: (totals) => totals.delivered, good: true },
  { key: 'click', count: (totals) => totals.clicked, of: (totals) => totals.delivered, good: true },
  { key: 'bounce', count: (totals) => totals.bounced + totals.rejected + totals.expired, of: tried, good: false },
  { key: 'complaint', count: (totals) => totals.complained, of: (totals) => totals.delivered, good: false },
  { key: 'reply', count: (totals) => totals.replied, of: (totals) => totals.delivered, good: true },
];

function tried({ accepted, rejected, expired }: Totals): number {
  return accepted + rejected + expired;
}

/** The figures of the last 7 or 30 days, each with its formula and what it was before, and the size of the audience. */
export function Figures({ data, onDays }: { data: Data; onDays: (days: number) => void }) {
  const { t } = useTranslation('dashboard');
  const { days, totals, before, contacts } = data;
  return (
    <section aria-label={t('figures', { days })} className="stack">
      <div className="figures-span">
        <Segmented
          size="small"
          aria-label={t('span')}
          value={days}
          onChange={onDays}
          options={[7, 30].map((value) => ({ value, label: t(`day${value}`) }))}
        />
      </div>
      <div className="kpi-row">
        <Figure
          name={t('figure.contacts')}
          value={<Count value={contacts.total} />}
          below={<Link to="/contacts">{t('mailable', { count: contacts.mailable })}</Link>}
        />
        <Figure
          name={t('figure.sent')}
          value={<Count value={tried(totals)} />}
          below={
            <>
              {t('days', { days })} <SentDelta days={days} now={tried(totals)} before={tried(before)} />
            </>
          }
        />
        {RATES.map(({ key, count, of, good }) => (
          <Figure
            key={key}
            name={t(`figure.${key}`)}
            formula={t(`formula.${key}`)}
            value={<Rate count={count(totals)} of={of(totals)} digits={key === 'complaint' ? 2 : 1} />}
            below={
              <>
                <Count value={count(totals)} /> / <Count value={of(totals)} />{' '}
                <RateDelta
                  days={days}
                  digits={key === 'complaint' ? 2 : 1}
                  now={{ count: count(totals), of: of(totals) }}
                  before={{ count: count(before), of: of(before) }}
                  moreIsBetter={good}
                />
              </>
            }
          />
        ))}
      </div>
    </section>
  );
}

function Figure({
  name,
  value,
  below,
  formula,
}: {
  name: string;
  value: ReactNode;
  below: ReactNode;
  formula?: string;
}) {
  return (
    <div className="kpi">
      {formula ? (
        <Tooltip title={formula}>
          <button type="button" className="kpi-name kpi-formula" aria-label={`${name}: ${formula}`}>
            {name}
          </button>
        </Tooltip>
      ) : (
        <div className="kpi-name">{name}</div>
      )}
      <div className="kpi-value">{value}</div>
      <div className="quiet small">{below}</div>
    </div>
  );
}
