import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import { Alert, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { Count } from '../components/count.js';
import { RelativeTime } from '../components/relative-time.js';
import { useProviderName } from '../words/index.js';
import { RehearsalTimeline } from './rehearsal-timeline.js';

type Rehearsal = Resource<'CampaignRehearsal'>;
type Prediction = NonNullable<Rehearsal['prediction']>;
type Finding = Prediction['findings'][number];

/** What a rehearsal predicts: how long, how fast, what comes back, and what to mend before the start. */
export function RehearsalResult({
  rehearsal,
  prediction,
  version,
}: {
  rehearsal: Rehearsal;
  prediction: Prediction;
  /** Of the campaign as it is now. */
  version: number;
}) {
  const { t } = useTranslation('campaigns');
  const span = useSpan();
  const { audience, durationMs, peakPerMinute, accepted, bouncedHard, bouncedSoft, rendered, findings } = prediction;
  return (
    <>
      {prediction.campaignVersion !== version && <Alert type="info" showIcon title={t('rehearsal.stale')} />}
      <dl className="rehearsal-figures">
        <Figure label={t('rehearsal.duration')} value={audience.prepared === 0 ? '–' : span(durationMs)} />
        <Figure label={t('rehearsal.recipients')} value={<Count value={audience.prepared} />} />
        <Figure label={t('rehearsal.accepted')} value={<Count value={accepted} />} />
        <Figure
          label={t('rehearsal.bounced')}
          value={<Count value={bouncedHard + bouncedSoft + prediction.rejected} />}
        />
        <Figure label={t('rehearsal.peak')} value={<Count value={peakPerMinute} />} />
        <Figure label={t('rehearsal.excluded')} value={<Count value={audience.excluded} />} />
      </dl>
      <h3>{t('rehearsal.findings')}</h3>
      <Findings findings={findings} />
      {rendered.errors.length > 0 && (
        <ul className="plain-list rehearsal-errors">
          {rendered.errors.map(({ reason, count, addresses }) => (
            <li key={reason}>
              <code className="mono server-words">{reason}</code>
              <span className="quiet small">
                {t('rehearsal.concerned', { count, number: count, addresses: addresses.join(', ') })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <RehearsalTimeline timeline={prediction.timeline} />
      <h3>{t('rehearsal.byProvider')}</h3>
      <Providers providers={prediction.providers} />
      <p className="quiet small">
        {t(`rehearsal.assumed.${prediction.assumptions.providers}`)}{' '}
        {t('rehearsal.sampled', { count: rendered.sample, number: rendered.sample })}{' '}
        <RelativeTime at={rehearsal.finishedAt} />
      </p>
    </>
  );
}

function Figure({ label, value }: { label: string; value: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figures">{value}</dd>
    </div>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useTranslation('campaigns');
  const text = useFindingText();
  if (findings.length === 0) {
    return (
      <p className="tone-good">
        <CheckCircleFilled aria-hidden="true" /> {t('rehearsal.nothing')}
      </p>
    );
  }
  return (
    <ul className="plain-list check-items">
      {findings.map((finding, index) => (
        <li key={`${finding.code}${index}`} data-severity={finding.severity}>
          {finding.severity === 'error' ? (
            <CloseCircleFilled aria-label={t('checks.error')} />
          ) : (
            <WarningFilled aria-label={t('checks.warning')} />
          )}
          <span className="break">{text(finding)}</span>
        </li>
      ))}
    </ul>
  );
}

/** A finding in the user's language, with the names of providers and the length of times in words. */
function useFindingText(): (finding: Finding) => string {
  const { t, i18n } = useTranslation('campaigns');
  const nameOf = useProviderName();
  const span = useSpan();
  const number = new Intl.NumberFormat(i18n.language);
  return ({ code, params }) => {
    const count = Number(params.count ?? 0);
    return t(`rehearsal.finding.${code}`, {
      ...params,
      count,
      number: number.format(count),
      ...(params.provider !== undefined && { provider: nameOf(String(params.provider)) }),
      ...(params.seconds !== undefined && { time: span(Number(params.seconds) * 1_000) }),
      ...(params.bytes !== undefined && { size: `${Math.round(Number(params.bytes) / 1_000)} kB` }),
    });
  };
}

function Providers({ providers }: { providers: Prediction['providers'] }) {
  const { t } = useTranslation('campaigns');
  const nameOf = useProviderName();
  const span = useSpan();
  const count = (value: number) => <Count value={value} />;
  return (
    <div className="panel-table" role="region" aria-label={t('rehearsal.byProvider')} tabIndex={0}>
      <Table
        aria-label={t('rehearsal.byProvider')}
        rowKey="provider"
        size="small"
        pagination={false}
        dataSource={providers.map((provider, index) => ({ ...provider, key: `${provider.provider}${index}` }))}
        columns={[
          { title: t('rehearsal.provider'), key: 'provider', render: (_, { provider }) => nameOf(provider) },
          {
            title: t('rehearsal.recipients'),
            key: 'recipients',
            align: 'right',
            render: (_, row) => count(row.recipients),
          },
          { title: t('rehearsal.duration'), key: 'duration', align: 'right', render: (_, row) => span(row.durationMs) },
          { title: t('rehearsal.peak'), key: 'peak', align: 'right', render: (_, row) => count(row.peakPerMinute) },
          {
            title: t('rehearsal.putOff'),
            key: 'putOff',
            align: 'right',
            render: (_, row) => count(row.slowed + row.deferred),
          },
          {
            title: t('rehearsal.bounced'),
            key: 'bounced',
            align: 'right',
            render: (_, row) => count(row.bouncedHard + row.bouncedSoft + row.rejected),
          },
        ]}
      />
    </div>
  );
}

/** Milliseconds as "40 seconds", "12 minutes", "3.5 hours" or "2 days". */
function useSpan(): (ms: number) => string {
  const { i18n } = useTranslation();
  return (ms) => {
    const minutes = ms / 60_000;
    const [unit, value] =
      minutes < 1.5
        ? (['second', Math.max(1, Math.ceil(ms / 1_000))] as const)
        : minutes < 90
          ? (['minute', Math.ceil(minutes)] as const)
          : minutes < 48 * 60
            ? (['hour', minutes / 60] as const)
            : (['day', minutes / 1_440] as const);
    const options = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(i18n.language, options).format(value);
  };
}
