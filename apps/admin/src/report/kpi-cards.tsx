import { QuestionCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Count, Rate } from '../components/count.js';
import type { Report } from './report-query.js';

export type Audience = 'human' | 'machine';

interface Kpi {
  key: 'sent' | 'delivered' | 'opened' | 'clicked' | 'bounced' | 'unsubscribed' | 'complained' | 'replied';
  count: number;
  /** Numerator and denominator; absent for a plain count. */
  rate?: { count: number; of: number };
  /** A second line: totals, or what is counted apart. */
  note?: string;
  /** Recipients behind the figure. */
  to?: string;
  tone?: 'bad';
}

/** The eight figures of a campaign, each with its rate and, on demand, the formula behind it. */
export function KpiCards({ report, audience }: { report: Report; audience: Audience }) {
  const { t } = useTranslation('report');
  return (
    <ul className="kpis">
      {useKpis(report, audience).map(({ key, count, rate, note, to, tone }) => (
        <li key={key} className="kpi" data-tone={tone}>
          <div className="kpi-label">
            {t(`kpi.${key}`)}
            <Tooltip title={t(`formula.${key}`)} trigger={['hover', 'focus', 'click']}>
              <button type="button" className="kpi-help" aria-label={t('formulaOf', { name: t(`kpi.${key}`) })}>
                <QuestionCircleOutlined />
              </button>
            </Tooltip>
          </div>
          <div className="kpi-count">
            {to ? (
              <Link to={to}>
                <Count value={count} />
              </Link>
            ) : (
              <Count value={count} />
            )}
          </div>
          {rate && (
            <div className="kpi-rate">
              <Rate {...rate} digits={2} />
            </div>
          )}
          {note && <div className="quiet small">{note}</div>}
        </li>
      ))}
    </ul>
  );
}

function useKpis(report: Report, audience: Audience): Kpi[] {
  const { t, i18n } = useTranslation('report');
  const { counts, rates } = report;
  const number = new Intl.NumberFormat(i18n.language);
  const opens = report.opens[audience];
  const clicks = report.clicks[audience];
  const recipients = (event: string) => `?tab=recipients&event=${event}`;
  return [
    {
      key: 'sent',
      count: rates.delivery.of,
      note: t('kpiNote.sent', { number: number.format(counts.prepared) }),
    },
    { key: 'delivered', count: rates.delivery.count, rate: rates.delivery },
    {
      key: 'opened',
      count: opens.unique,
      rate: { count: opens.unique, of: rates.open.of },
      note: t('kpiNote.total', { number: number.format(opens.total) }),
      to: recipients('opened'),
    },
    {
      key: 'clicked',
      count: clicks.unique,
      rate: { count: clicks.unique, of: rates.click.of },
      note: t('kpiNote.clickToOpen', { rate: percent(rates.clickToOpen, i18n.language) }),
      to: recipients('clicked'),
    },
    {
      key: 'bounced',
      count: rates.bounce.count,
      rate: rates.bounce,
      note: t('kpiNote.bounced', {
        hard: number.format(counts.bouncedHard + counts.rejected),
        soft: number.format(counts.bouncedSoft + counts.expired),
      }),
      to: '?tab=bounces',
      tone: 'bad',
    },
    {
      key: 'unsubscribed',
      count: rates.unsubscribe.count,
      rate: rates.unsubscribe,
      to: recipients('unsubscribed'),
      tone: 'bad',
    },
    {
      key: 'complained',
      count: rates.complaint.count,
      rate: rates.complaint,
      to: recipients('complained'),
      tone: 'bad',
    },
    {
      key: 'replied',
      count: rates.reply.count,
      rate: rates.reply,
      note: t('kpiNote.autoReplied', { count: report.autoReplied, number: number.format(report.autoReplied) }),
      to: recipients('replied'),
    },
  ];
}

function percent({ count, of }: { count: number; of: number }, locale: string): string {
  if (of === 0) return '–';
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(count / of);
}
