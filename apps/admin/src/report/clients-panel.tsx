import { useTranslation } from 'react-i18next';
import { Count, Rate } from '../components/count.js';
import type { Report } from './report-query.js';

type Client = Report['clients'][number];

const SHOWN = 6;

/** With which mail programs and on which devices people opened; machines are left out. */
export function ClientsPanel({ report }: { report: Report }) {
  const { t, i18n } = useTranslation('report');
  const word = (part: 'client' | 'device', key: string) =>
    i18n.exists(`report:${part}.${key}`) ? t(`${part}.${key}`) : key;
  return (
    <section className="panel">
      <h2>{t('clients.title')}</h2>
      {report.clients.length === 0 ? (
        <p className="quiet">{t('clients.none')}</p>
      ) : (
        <div className="clients">
          {(['device', 'client'] as const).map((part) => (
            <Bars
              key={part}
              title={t(`clients.${part}`)}
              groups={grouped(report.clients, part).map(([key, count]) => [word(part, key), count])}
            />
          ))}
        </div>
      )}
      <p className="quiet small">{t('clients.help')}</p>
    </section>
  );
}

function grouped(clients: readonly Client[], part: 'client' | 'device'): [string, number][] {
  const sums = new Map<string, number>();
  for (const entry of clients) sums.set(entry[part], (sums.get(entry[part]) ?? 0) + entry.opened);
  return [...sums].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
}

function Bars({ title, groups }: { title: string; groups: [string, number][] }) {
  const { t } = useTranslation('report');
  const whole = groups.reduce((sum, [, count]) => sum + count, 0);
  const rest = groups.slice(SHOWN).reduce((sum, [, count]) => sum + count, 0);
  const shown: [string, number][] = [
    ...groups.slice(0, SHOWN),
    ...(rest > 0 ? [[t('clients.rest'), rest] as [string, number]] : []),
  ];
  return (
    <div>
      <h3>{title}</h3>
      <dl className="funnel">
        {shown.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="funnel-track" aria-hidden="true">
              <span style={{ width: `${(count / Math.max(whole, 1)) * 100}%` }} />
            </dd>
            <dd className="funnel-figure">
              <Count value={count} />
            </dd>
            <dd className="funnel-figure quiet">
              <Rate count={count} of={whole} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
