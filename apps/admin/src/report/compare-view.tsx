import { useQueries, useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { campaignQuery } from '../api/campaigns.js';
import { CHART_COLORS } from '../components/chart.js';
import { Count, Rate } from '../components/count.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useProviderName } from '../words/index.js';
import { HourGrid } from './hour-grid.js';
import { hoursQuery, reportQuery, type Report } from './report-query.js';

const RATES = ['delivery', 'open', 'click', 'clickToOpen', 'bounce', 'unsubscribe', 'complaint', 'reply'] as const;
/** Of these less is better. */
const BAD: readonly string[] = ['bounce', 'unsubscribe', 'complaint'];

interface Compared {
  id: string;
  name: string;
  report: Report;
}

/** Some campaigns side by side: their rates, by provider, and when people read. */
export function CompareView({ ids }: { ids: string[] }) {
  const { t } = useTranslation('report');
  const campaigns = useQueries({ queries: ids.map((id) => campaignQuery(id)) });
  const reports = useQueries({ queries: ids.map((id) => reportQuery(id)) });
  const failed = [...campaigns, ...reports].find(({ error, data }) => error && !data);
  const compared = ids.flatMap((id, index): Compared[] => {
    const [campaign, report] = [campaigns[index]?.data, reports[index]?.data];
    return campaign && report ? [{ id, name: campaign.name, report }] : [];
  });
  const rateRows = useRateRows();
  const providerRows = useProviderRows(compared);
  return (
    <>
      <PageHeader title={t('compare.title')} back={{ to: '/reports', label: t('centre.title') }} />
      {failed && <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && compared.length < ids.length && <Skeleton active paragraph={{ rows: 12 }} className="panel" />}
      {!failed && compared.length === ids.length && (
        <div className="stack gap-16">
          <Table title={t('compare.rates')} compared={compared} rows={rateRows} />
          <Table title={t('compare.providers')} compared={compared} rows={providerRows} />
          <section className="panel">
            <h2>{t('compare.hours')}</h2>
            <p className="quiet small">{t('compare.hoursHelp')}</p>
            <div className="hour-grids">
              {compared.map(({ id, name }) => (
                <Hours key={id} id={id} name={name} />
              ))}
            </div>
          </section>
        </div>
      )}
    </>
  );
}

interface Row {
  key: string;
  name: string;
  bad: boolean;
  digits: number;
  of: (report: Report) => { count: number; of: number };
}

function useRateRows(): Row[] {
  const { t } = useTranslation('report');
  return RATES.map((key) => ({
    ...{ key, name: t(`compare.${key}`), bad: BAD.includes(key) },
    digits: key === 'complaint' || key === 'unsubscribe' ? 2 : 1,
    of: ({ rates }) => rates[key],
  }));
}

/** The open rate of the largest providers of all compared campaigns together. */
function useProviderRows(compared: Compared[]): Row[] {
  const nameOf = useProviderName();
  const sizes = new Map<string, number>();
  for (const { provider, prepared } of compared.flatMap(({ report }) => report.providers)) {
    sizes.set(provider, (sizes.get(provider) ?? 0) + prepared);
  }
  const largest = [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 10);
  return largest.map(([provider]) => ({
    ...{ key: provider, name: nameOf(provider), bad: false, digits: 1 },
    of: ({ providers }) => {
      const found = providers.find((entry) => entry.provider === provider);
      return { count: found?.opened ?? 0, of: Math.max(0, (found?.accepted ?? 0) - (found?.bounced ?? 0)) };
    },
  }));
}

function Table({ title, compared, rows }: { title: string; compared: Compared[]; rows: Row[] }) {
  const { t } = useTranslation('report');
  return (
    <section className="panel">
      <h2>{title}</h2>
      <div className="compare-scroll" role="region" aria-label={title} tabIndex={0}>
        <table className="compare">
          <thead>
            <tr>
              <td />
              {compared.map(({ id, name }, index) => (
                <th key={id} scope="col">
                  <span className="compare-color" style={{ background: CHART_COLORS[index] }} aria-hidden="true" />
                  <Link to={`/campaigns/${id}/report`}>{name}</Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const rates = compared.map(({ report }) => row.of(report));
              const shares = rates.map(({ count, of }) => (of > 0 ? count / of : NaN));
              const most = Math.max(0, ...shares.filter((share) => !Number.isNaN(share)));
              const best = bestOf(shares, row.bad);
              return (
                <tr key={row.key}>
                  <th scope="row">{row.name}</th>
                  {rates.map((rate, index) => (
                    <td key={compared[index]!.id} data-best={index === best}>
                      <span className="compare-figures">
                        <span>
                          <Rate {...rate} digits={row.digits} />
                          {index === best && <span className="compare-best">{t('compare.best')}</span>}
                        </span>
                        <span className="quiet small">
                          <Count value={rate.count} /> / <Count value={rate.of} />
                        </span>
                      </span>
                      <span className="compare-bar" aria-hidden="true">
                        <span
                          style={{
                            width: `${most > 0 ? ((shares[index] || 0) / most) * 100 : 0}%`,
                            background: CHART_COLORS[index],
                          }}
                        />
                      </span>
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Which is best; none where nothing is known, or all are within a twentieth of each other. */
function bestOf(shares: number[], bad: boolean): number {
  const known = shares.filter((share) => !Number.isNaN(share));
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (known.length < 2 || most - least <= most / 20) return -1;
  return shares.indexOf(bad ? least : most);
}

function Hours({ id, name }: { id: string; name: string }) {
  const { data, error, refetch } = useQuery(hoursQuery(id));
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 7 }} />;
  return <HourGrid title={name} hours={data.opened} zone={data.timezone} />;
}
