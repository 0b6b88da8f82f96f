import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { Count } from '../components/count.js';
import { EmptyState } from '../components/empty-state.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useCampaignActions } from '../actions/index.js';
import { abReportQuery, letterOf, type AbReport } from './ab-query.js';
import './ab-test.css';
import { ArmTable } from './arm-table.js';
import { unitOf } from './duration.js';
import { useStateText } from './use-state-text.js';
import { VerdictText } from './verdict-text.js';

type Campaign = Resource<'Campaign'>;

/** How the variants did, what may be concluded from it, and what a person may decide. */
export default function ReportTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('abTest');
  const { data, error, refetch } = useQuery(abReportQuery(campaign.id));
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton active paragraph={{ rows: 6 }} className="panel" />;
  if (data === null) {
    return (
      <div className="panel">
        <EmptyState title={t('report.none')} />
      </div>
    );
  }
  return <Body campaign={campaign} report={data} />;
}

function Body({ campaign, report }: { campaign: Campaign; report: AbReport }) {
  const { t, i18n } = useTranslation('abTest');
  const actions = useCampaignActions();
  const waits = useStateText(report);
  const unit = unitOf(report.durationMinutes);
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  const alive = campaign.status === 'sending' || campaign.status === 'paused';
  const open = report.winner === null && report.rest.prepared > 0 && alive;
  return (
    <>
      <section className="panel ab-panel" aria-live="polite">
        <h2>{t('title')}</h2>
        <p className="quiet">
          {t(report.ofTimes ? 'report.measuredTimes' : 'report.measured', {
            metric: t(`metrics.${report.metric}`),
            time: t(unit.key, { n: unit.n }),
            sample: percent.format(report.sample / 100),
            holdOut: percent.format(report.holdOut / 100),
          })}
        </p>
        {waits && <p>{waits}</p>}
        <VerdictText report={report} />
        {report.metric === 'opened' && <p className="quiet small">{t('openNote')}</p>}
        {open && (
          <Button danger onClick={() => actions.cancel(campaign)}>
            {t('report.stop')}
          </Button>
        )}
      </section>
      <ArmTable report={report} open={open} />
      <section className="panel">
        {(!report.ofTimes || report.verdict) && <p className="quiet small">{t('report.intervalHelp')}</p>}
        <dl className="facts">
          {report.sample + report.holdOut < 100 && (
            <div>
              <dt>{t('report.restRow')}</dt>
              <dd>
                <Count value={report.rest.prepared} /> ·{' '}
                {report.winner !== null
                  ? t('report.restSent', { letter: letterOf(report.winner) })
                  : t(report.state === 'stopped' ? 'report.restStopped' : 'report.restWaits')}
              </dd>
            </div>
          )}
          {report.holdOut > 0 && (
            <div>
              <dt>{t('report.heldOutRow')}</dt>
              <dd>
                <Count value={report.heldOut} />
              </dd>
            </div>
          )}
        </dl>
      </section>
    </>
  );
}
