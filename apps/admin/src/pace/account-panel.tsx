import { Alert, Table, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Count, Rate } from '../components/count.js';
import { useNarrow } from '../components/use-narrow.js';
import { useStoredError } from '../components/verify-steps.js';
import './pace.css';
import { useHoldUps } from './hold-ups.js';
import { Reason, useUnitName } from './reason.js';
import type { AccountPace, ProviderPace } from './pace-query.js';

const ANSWERS = ['accepted', 'slowed', 'deferred', 'rejected', 'failed'] as const;

/** One delivery channel as it is now: its limits, and each mailbox provider with pace, queue, answers and reason. */
export function AccountPanel({ account }: { account: AccountPace }) {
  const { t } = useTranslation('pace');
  const narrow = useNarrow();
  const { providers, soundness } = account;
  return (
    <section className="panel pace-panel" aria-label={account.name}>
      <div className="spread pace-head">
        <h2 className="panel-title ellipsis" title={account.name}>
          {account.name} <Health account={account} />
        </h2>
        <dl className="pace-figures">
          <div>
            <dt>{t('pending')}</dt>
            <dd>
              <Count value={account.pending} />
            </dd>
          </div>
          <div>
            <dt>
              <Tooltip title={t('nowHint')}>
                <span>{t('nowPace')}</span>
              </Tooltip>
            </dt>
            <dd>
              <Actual perMinute={account.acceptedPerMinute} />
            </dd>
          </div>
          <div>
            <dt>
              <Tooltip title={t('soundHint')}>
                <span>{t('sound')}</span>
              </Tooltip>
            </dt>
            <dd>
              <Rate count={soundness.count} of={soundness.of} />
            </dd>
          </div>
        </dl>
      </div>
      <Notices account={account} />
      <Limits account={account} />
      {providers.length === 0 ? (
        <p className="quiet">{t('quiet')}</p>
      ) : narrow ? (
        <ul className="pace-cards">
          {providers.map((pace) => (
            <ProviderCard key={pace.domain ?? pace.provider} pace={pace} />
          ))}
        </ul>
      ) : (
        <ProviderTable name={account.name} providers={providers} />
      )}
    </section>
  );
}

function Health({ account: { health, enabled } }: { account: AccountPace }) {
  const { t } = useTranslation('pace');
  const tone = { ok: 'success', failing: 'error', unknown: 'default' } as const;
  return <Tag color={enabled ? tone[health] : 'default'}>{t(`health.${enabled ? health : 'off'}`)}</Tag>;
}

function Notices({ account }: { account: AccountPace }) {
  const { t } = useTranslation('pace');
  const read = useStoredError();
  const { failing, stopped } = useHoldUps()(account);
  const { lastError } = account;
  return (
    <>
      {failing && (
        <Alert
          type="error"
          showIcon
          className="gap-below"
          title={failing}
          description={lastError ? read(lastError).cause : undefined}
        />
      )}
      {stopped && <Alert type="warning" showIcon className="gap-below" title={stopped} description={t('warmupHelp')} />}
    </>
  );
}

function Limits({ account }: { account: AccountPace }) {
  const { t, i18n } = useTranslation('pace');
  const { usedUp } = useHoldUps()(account);
  const number = new Intl.NumberFormat(i18n.language);
  const { limits, used, warmupState } = account;
  const set = (['perSecond', 'perMinute', 'perHour', 'perDay'] as const).filter((key) => limits[key] !== undefined);
  const texts = set.map((key) =>
    t(`limit.${key}`, { limit: number.format(limits[key] ?? 0), used: number.format(used[key] ?? 0) }),
  );
  if (warmupState?.day && !warmupState.stopped) {
    const { day, days, volume } = warmupState;
    texts.unshift(t('warmup', { day, days, volume: number.format(volume ?? 0) }));
  }
  if (usedUp) texts.push(usedUp);
  return texts.length === 0 ? null : <p className="quiet pace-limits">{texts.join(' · ')}</p>;
}

/** Messages a minute that really go. */
function Actual({ perMinute }: { perMinute: number }) {
  const { t, i18n } = useTranslation('pace');
  return (
    <span className="figures">
      {t('perMinute', { number: new Intl.NumberFormat(i18n.language).format(perMinute) })}
    </span>
  );
}

function Pace({ pace: { perMinute } }: { pace: ProviderPace }) {
  const { t, i18n } = useTranslation('pace');
  if (perMinute === null) {
    return (
      <Tooltip title={t('fullHint')}>
        <span className="quiet">{t('full')}</span>
      </Tooltip>
    );
  }
  return (
    <Tag color="warning">{t('perMinute', { number: new Intl.NumberFormat(i18n.language).format(perMinute) })}</Tag>
  );
}

/** Complaints in known words and hints are one thing to whoever looks. */
function answersOf({ answers }: ProviderPace): Record<(typeof ANSWERS)[number], number> {
  return { ...answers, slowed: answers.slowed + answers.hinted };
}

function ProviderTable({ name, providers }: { name: string; providers: ProviderPace[] }) {
  const { t } = useTranslation('pace');
  const nameOf = useUnitName();
  return (
    <Table<ProviderPace>
      aria-label={name}
      size="small"
      rowKey={(pace) => pace.domain ?? pace.provider}
      dataSource={providers}
      pagination={false}
      columns={[
        {
          title: t('provider'),
          key: 'provider',
          render: (_, pace) => <span className="pace-name">{nameOf(pace)}</span>,
        },
        {
          title: <Tooltip title={t('nowHint')}>{t('nowPace')}</Tooltip>,
          key: 'now',
          align: 'right',
          render: (_, pace) => <Actual perMinute={pace.acceptedPerMinute} />,
        },
        { title: t('pace'), key: 'pace', render: (_, pace) => <Pace pace={pace} /> },
        {
          title: t('pending'),
          key: 'pending',
          align: 'right',
          render: (_, { pending }) => <Count value={pending} />,
        },
        ...ANSWERS.map((kind) => ({
          title: t(kind),
          key: kind,
          align: 'right' as const,
          render: (_: unknown, pace: ProviderPace) => <Count value={answersOf(pace)[kind]} />,
        })),
        { title: t('reason'), key: 'reason', width: '34%', render: (_, pace) => <Reason pace={pace} /> },
      ]}
    />
  );
}

function ProviderCard({ pace }: { pace: ProviderPace }) {
  const { t } = useTranslation('pace');
  const nameOf = useUnitName();
  const answers = answersOf(pace);
  return (
    <li>
      <div className="spread">
        <strong className="ellipsis">{nameOf(pace)}</strong>
        <Pace pace={pace} />
      </div>
      <dl className="pace-answers">
        <div>
          <dt>{t('nowPace')}</dt>
          <dd>
            <Actual perMinute={pace.acceptedPerMinute} />
          </dd>
        </div>
        <div>
          <dt>{t('pending')}</dt>
          <dd>
            <Count value={pace.pending} />
          </dd>
        </div>
        {ANSWERS.filter((kind) => kind === 'accepted' || answers[kind] > 0).map((kind) => (
          <div key={kind}>
            <dt>{t(kind)}</dt>
            <dd>
              <Count value={answers[kind]} />
            </dd>
          </div>
        ))}
      </dl>
      <Reason pace={pace} />
    </li>
  );
}
