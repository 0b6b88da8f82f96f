import { useTranslation } from 'react-i18next';
import { Count, Rate } from '../components/count.js';
import type { Report } from './report-query.js';
import { funnelSteps, type Audience } from './visitors.js';

/** From sent to clicked in bars of equal height; names and figures stand outside, so that small steps stay readable. */
export function Funnel({ report, audience }: { report: Report; audience: Audience }) {
  const { t } = useTranslation('report');
  const { counts } = report;
  const whole = Math.max(counts.prepared, 1);
  return (
    <>
      <dl className="funnel">
        {funnelSteps(report, audience).map(({ key, count }) => (
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
