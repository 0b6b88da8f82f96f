import { Segmented, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MailFrame } from '../components/mail-frame.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { usePreview } from '../editor/index.js';
import { withHeat } from './heat.js';
import type { Campaign, Report } from './report-query.js';

const WIDTHS = { desktop: 680, mobile: 375 } as const;

/** The mail with the clicks of people on its links; the table beside it says the same in rows. */
export function Heatmap({ campaign, report }: { campaign: Campaign; report: Report }) {
  const { t, i18n } = useTranslation('report');
  const [width, setWidth] = useState<keyof typeof WIDTHS>('desktop');
  const { data, error, refetch } = usePreview(campaign.content, undefined);
  const html = useMemo(() => {
    if (!data) return undefined;
    const most = Math.max(1, ...report.links.map(({ human }) => human.unique));
    const number = new Intl.NumberFormat(i18n.language);
    const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
    const { of } = report.rates.click;
    return withHeat(
      data.html ?? data.text,
      report.links.map(({ url, human: { unique } }) => ({
        url,
        heat: unique / most,
        label: of > 0 ? `${number.format(unique)} · ${percent.format(unique / of)}` : number.format(unique),
      })),
    );
  }, [data, report, i18n.language]);
  return (
    <section className="panel">
      <div className="spread">
        <h2 className="panel-title">{t('heat.title')}</h2>
        <Segmented
          size="small"
          aria-label={t('heat.width')}
          value={width}
          onChange={setWidth}
          options={(['desktop', 'mobile'] as const).map((value) => ({ value, label: t(`heat.${value}`) }))}
        />
      </div>
      <p className="quiet small">{t('heat.help')}</p>
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!html && !error && <Skeleton active paragraph={{ rows: 8 }} />}
      {html && (
        <div className="heat-place">
          <MailFrame html={html} width={WIDTHS[width]} height={640} title={t('heat.title')} />
        </div>
      )}
    </section>
  );
}
