import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Resource } from '../api/types.js';
import { Count, Rate } from '../components/count.js';

type Totals = Resource<'Dashboard'>['totals'];

/** Numerator and denominator of each rate, as the report defines them. */
const RATES: { key: string; count: (totals: Totals) => number; of: (totals: Totals) => number }[] = [
  { key: 'delivery', count: (totals) => totals.delivered, of: tried },
  { key: 'open', count: (totals) => totals.opened, of: (totals) => totals.delivered },
  { key: 'click', count: (totals) => totals.clicked, of: (totals) => totals.delivered },
  { key: 'bounce', count: (totals) => totals.bounced + totals.rejected + totals.expired, of: tried },
  { key: 'complaint', count: (totals) => totals.complained, of: (totals) => totals.delivered },
  { key: 'reply', count: (totals) => totals.replied, of: (totals) => totals.delivered },
];

function tried({ accepted, rejected, expired }: Totals): number {
  return accepted + rejected + expired;
}

/** The figures of the last 30 days, each with its formula, and the size of the audience. */
export function Figures({ totals, contacts }: { totals: Totals; contacts: Resource<'Dashboard'>['contacts'] }) {
  const { t } = useTranslation('dashboard');
  return (
    <section aria-label={t('figures')} className="kpi-row">
      <Figure
        name={t('figure.contacts')}
        value={<Count value={contacts.total} />}
        below={<Link to="/contacts">{t('mailable', { count: contacts.mailable })}</Link>}
      />
      <Figure name={t('figure.sent')} value={<Count value={tried(totals)} />} below={t('days30')} />
      {RATES.map(({ key, count, of }) => (
        <Figure
          key={key}
          name={t(`figure.${key}`)}
          formula={t(`formula.${key}`)}
          value={<Rate count={count(totals)} of={of(totals)} digits={key === 'complaint' ? 2 : 1} />}
          below={
            <>
              <Count value={count(totals)} /> / <Count value={of(totals)} />
            </>
          }
        />
      ))}
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
