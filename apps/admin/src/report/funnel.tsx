import { useTranslation } from 'react-i18next';
import { Count, Rate } from '../components/count.js';
import type { Report } from './report-query.js';

/** From sent to clicked in bars of equal height; names and figures stand outside, so that small steps stay readable. */
export function Funnel({ report }: { report: Report }) {
  const { t } = useTranslation('report');
  const { counts, rates } = report;
  const steps = [
    { key: 'prepared', count: counts.prepared },
    { key: 'sent', count: rates.delivery.of },
    { key: 'delivered', count: rates.delivery.count },
    { key: 'opened', count: rates.open.count },
    { key: 'clicked', count: rates.click.count },
  ] as const;
  const whole = Math.max(counts.prepared, 1);
  return (
    <>
      <dl className="funnel">
        {steps.map(({ key, count }) => (
          <div key={key}>
            <dt>{t(`funnel.${key}`)}</dt>
            <dd className="funnel-track" aria-hidden="true">
              <span style={{ width: `${(count / whole) * 100}%` }} />
            </dd>
            <dd className="funnel-figure">
              <Count value={count} />
            </dd>
            <dd className="funnel-figure quiet">
              <Rate count={count} of={counts.prepared} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="quiet small">{t('funnel.help')}</p>
    </>
  );
}
