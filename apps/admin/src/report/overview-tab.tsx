import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Count } from '../components/count.js';
import { Link, useSearchParams } from 'react-router';
import { ClientsPanel } from './clients-panel.js';
import { Funnel } from './funnel.js';
import { LeavingPanel } from './leaving-panel.js';
import { KpiCards } from './kpi-cards.js';
import type { Report } from './report-query.js';
import { TimelineChart } from './timeline-chart.js';
import { TimelinePanel } from './timeline-panel.js';
import { AUDIENCES, type Audience } from './visitors.js';

/** The figures, each with its formula; the way from sent to clicked; how it went over time; who was left out. */
export function OverviewTab({ report, linked = true }: { report: Report; linked?: boolean }) {
  const { t } = useTranslation('report');
  const [audience, setAudience] = useAudience();
  const machines = report.opens.machine.unique > 0 || report.clicks.machine.unique > 0;
  return (
    <div className="report-overview">
      <div className="report-switch">
        <span className="quiet">{t(machines ? 'machine.strip' : 'machine.none')}</span>
        <Segmented<Audience>
          aria-label={t('machine.label')}
          value={audience}
          onChange={setAudience}
          options={AUDIENCES.map((value) => ({ value, label: t(`machine.${value}`) }))}
        />
      </div>
      <KpiCards report={report} audience={audience} linked={linked} />
      <div className="report-columns">
        <section className="panel">
          <h2>{t('funnel.title')}</h2>
          <Funnel report={report} audience={audience} />
        </section>
        <Exclusions report={report} linked={linked} />
      </div>
      <section className="panel">
        <h2>{t('timeline.title')}</h2>
        {linked ? (
          <TimelinePanel report={report} audience={audience} />
        ) : (
          <TimelineChart report={report} audience={audience} />
        )}
      </section>
      <ClientsPanel report={report} />
      {linked && report.counts.unsubscribed > 0 && <LeavingPanel campaignId={report.campaignId} />}
    </div>
  );
}

/** Whose opens and clicks are shown, as the address of the page says. */
function useAudience(): [Audience, (audience: Audience) => void] {
  const [params, setParams] = useSearchParams();
  const audience = AUDIENCES.find((each) => each === params.get('by')) ?? 'human';
  const choose = (chosen: Audience) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (chosen === 'human') after.delete('by');
        else after.set('by', chosen);
        return after;
      },
      { replace: true },
    );
  return [audience, choose];
}

/** Candidates = prepared + excluded: who did not get it before anything was sent. */
function Exclusions({ report, linked }: { report: Report; linked: boolean }) {
  const { t } = useTranslation('report');
  const { counts, exclusions } = report;
  return (
    <section className="panel">
      <h2>{t('exclusions.title')}</h2>
      <dl className="facts balance">
        <div>
          <dt>{t('exclusions.candidates')}</dt>
          <dd>
            <Count value={counts.candidates} />
          </dd>
        </div>
        {exclusions
          .filter(({ count }) => count > 0)
          .map(({ reason, count }) => (
            <div key={reason} className="balance-less">
              <dt>− {t(`exclusion.${reason}`)}</dt>
              <dd>
                <Count value={count} />
              </dd>
            </div>
          ))}
        <div className="balance-total">
          <dt>{t('exclusions.prepared')}</dt>
          <dd>
            <Count value={counts.prepared} />
          </dd>
        </div>
      </dl>
      {linked && counts.excluded > 0 && <Link to="?tab=recipients&event=excluded">{t('exclusions.who')}</Link>}
    </section>
  );
}
