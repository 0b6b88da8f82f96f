import { CaretRightOutlined, PauseOutlined, StopOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Count, Rate } from '../components/count.js';
import { SlowProviders } from '../pace/index.js';
import { useCampaignActions } from '../actions/index.js';
import type { Campaign, Report } from './report-query.js';
import { StopReasons } from './stop-reasons.js';
import { TroublePanel } from './trouble-panel.js';

const PARTS = ['accepted', 'rejected', 'expired', 'uncertain', 'skipped', 'pending'] as const;

interface ProgressProps {
  campaign: Campaign;
  report: Report;
  /** How many wait for the decision of an A/B test: nobody knows when they leave. */
  waiting: number;
}

/** How far a campaign is, how fast it goes, and the brakes. */
export function ProgressPanel({ campaign, report, waiting }: ProgressProps) {
  const { t } = useTranslation('report');
  const { counts } = report;
  const done = counts.prepared - counts.pending;
  const percent = counts.prepared === 0 ? 0 : (done / counts.prepared) * 100;
  const line = usePaceLine({ campaign, report, waiting });
  return (
    <section className="panel progress-panel" aria-label={t('progress.title')}>
      <div className="progress-head">
        <div>
          <span className="progress-percent">
            <Rate count={done} of={counts.prepared} />
          </span>
          <span className="quiet">
            <Count value={done} /> / <Count value={counts.prepared} />
          </span>
        </div>
        <Brakes campaign={campaign} />
      </div>
      <div
        className="progress-bar"
        role="progressbar"
        aria-label={t('progress.title')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
      >
        {PARTS.map((part) => (
          <span key={part} data-part={part} style={{ flexGrow: counts[part] }} />
        ))}
      </div>
      <dl className="progress-legend">
        {PARTS.filter((part) => counts[part] > 0 || part === 'accepted' || part === 'pending').map((part) => (
          <div key={part}>
            <dt>
              <span className="swatch" data-part={part} aria-hidden="true" />
              {t(`state.${part}`)}
            </dt>
            <dd>
              {part === 'uncertain' ? (
                <Link to={`/campaigns/${campaign.id}/uncertain`}>
                  <Count value={counts[part]} />
                </Link>
              ) : (
                <Count value={counts[part]} />
              )}
              {part === 'pending' && counts.deferred > 0 && (
                <span className="quiet">
                  {' '}
                  ({t('progress.deferred')} <Count value={counts.deferred} />)
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {line && (
        <p className="quiet progress-pace figures" aria-live="off">
          {line}
        </p>
      )}
      {campaign.status === 'sending' && (
        <SlowProviders
          providers={report.providers.map(({ provider }) => provider)}
          smtpAccounts={campaign.smtpAccounts}
        />
      )}
      <TroublePanel report={report} />
      {campaign.status === 'paused' && campaign.stopReasons.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('progress.reason')}
          description={<StopReasons reasons={campaign.stopReasons} />}
        />
      )}
    </section>
  );
}

/** How fast it goes and how long it takes; nothing where all who are left wait for the A/B test. */
function usePaceLine({ campaign, report, waiting }: ProgressProps): string {
  const { t, i18n } = useTranslation('report');
  const { counts, ratePerMinute } = report;
  const { hourlyLimit } = campaign;
  const preparing = campaign.status === 'sending' && campaign.preparedAt === null;
  if (campaign.status === 'paused') return t('progress.paused');
  if (preparing && counts.prepared === 0) return t('progress.preparing');
  const leaving = counts.pending - waiting;
  const pace = hourlyLimit === null ? ratePerMinute : hourlyLimit / 60;
  const rate = new Intl.NumberFormat(i18n.language).format(ratePerMinute);
  return [
    (leaving > 0 || ratePerMinute > 0) && `${t('progress.rate')} ${rate} ${t('progress.perMinute')}`,
    hourlyLimit !== null && t('progress.limit', { count: hourlyLimit }),
    pace > 0 &&
      leaving > 0 &&
      campaign.recipientTime === null &&
      t('progress.left', { time: duration(leaving / pace, i18n.language) }),
    preparing && t('progress.stillPreparing'),
  ]
    .filter(Boolean)
    .join(' · ');
}

function Brakes({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('actions');
  const actions = useCampaignActions();
  const [busy, setBusy] = useState(false);
  const run = async (work: Promise<unknown>) => {
    setBusy(true);
    await work;
    setBusy(false);
  };
  if (campaign.status !== 'sending' && campaign.status !== 'paused') return null;
  return (
    <div className="progress-brakes">
      {campaign.status === 'sending' ? (
        <Button
          type="primary"
          size="large"
          icon={<PauseOutlined />}
          loading={busy}
          onClick={() => void run(actions.pause(campaign))}
        >
          {t('pause')}
        </Button>
      ) : (
        <Button
          type="primary"
          size="large"
          icon={<CaretRightOutlined />}
          loading={busy}
          onClick={() => void run(actions.resume(campaign))}
        >
          {t('resume')}
        </Button>
      )}
      <Button danger size="large" icon={<StopOutlined />} onClick={() => actions.cancel(campaign)}>
        {t('cancel')}
      </Button>
    </div>
  );
}

/** Minutes as "3 minutes" or "2.5 hours". */
function duration(minutes: number, locale: string): string {
  const [unit, value] =
    minutes < 90 ? (['minute', Math.max(1, Math.ceil(minutes))] as const) : (['hour', minutes / 60] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 }).format(
    value,
  );
}
