import { App, Button, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { Count, Rate } from '../components/count.js';
import { useConfirm } from '../components/confirm-button.js';
import { Instant } from '../components/relative-time.js';
import { useTimeZone } from '../app/session.js';
import { SubjectText } from '../components/subject-text.js';
import { unitOf } from './duration.js';
import { abReportQuery, letterOf, type AbReport } from './ab-query.js';

type Arm = AbReport['arms'][number];

/** The variants side by side. @param open whether a person may still choose */
export function ArmTable({ report, open }: { report: AbReport; open: boolean }) {
  const { t, i18n } = useTranslation('abTest');
  const choose = useChoose(report);
  const { arms, metric, verdict, winner, ofTimes } = report;
  const unit = unitOf(report.durationMinutes);
  // Before the verdict the variants have not had the same time, so no rates are drawn beside each other.
  const comparable = !ofTimes || verdict !== null;
  const most = Math.max(0.01, ...arms.map(({ interval }) => interval?.high ?? 0));
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  const count = (
    title: string,
    key: 'prepared' | 'delivered' | 'measured' | 'acted' | 'unsubscribed' | 'complained',
  ) => ({
    title,
    key,
    align: 'right' as const,
    render: (_: unknown, arm: Arm) => <Count value={arm[key]} />,
  });
  const acted =
    ofTimes && verdict
      ? t('report.actedWithin', { acted: t(`report.acted.${metric}`), time: t(unit.key, { n: unit.n }) })
      : t(`report.acted.${metric}`);
  return (
    <div className="panel panel-table">
      <Table<Arm>
        aria-label={t('report.table')}
        rowKey="variant"
        dataSource={arms}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('variant'),
            key: 'variant',
            render: (_: unknown, { variant, subject, fromName, ownContent, ...arm }: Arm) => (
              <div className="ab-subject">
                <strong>{t('variantName', { letter: letterOf(variant) })}</strong>{' '}
                {verdict?.winner === variant && <Tag color="green">{t('report.winner')}</Tag>}
                {winner === variant && verdict?.winner !== variant && <Tag>{t('report.chosen')}</Tag>}
                {ofTimes ? (
                  <TimesOf arm={arm} />
                ) : (
                  <>
                    <span className="block">
                      <SubjectText subject={subject} />
                    </span>
                    <span className="quiet block">
                      {fromName}
                      {ownContent && ` · ${t('ownContent')}`}
                    </span>
                  </>
                )}
              </div>
            ),
          },
          count(t('people'), 'prepared'),
          count(t('report.delivered'), 'delivered'),
          ...(ofTimes && verdict ? [count(t('report.counted'), 'measured')] : []),
          count(acted, 'acted'),
          comparable && {
            title: t(`report.rate.${metric}`),
            key: 'rate',
            align: 'right' as const,
            render: (_: unknown, { acted: did, measured }: Arm) => <Rate count={did} of={measured} />,
          },
          comparable && {
            title: t('report.interval'),
            key: 'interval',
            render: (_: unknown, { interval }: Arm) =>
              interval ? (
                <>
                  <span className="figures">
                    {percent.format(interval.low)} – {percent.format(interval.high)}
                  </span>
                  <div className="ab-interval" aria-hidden="true">
                    <span
                      style={{
                        left: `${(interval.low / most) * 100}%`,
                        width: `${Math.max(1, ((interval.high - interval.low) / most) * 100)}%`,
                      }}
                    />
                  </div>
                </>
              ) : (
                '–'
              ),
          },
          count(t('report.unsubscribed'), 'unsubscribed'),
          count(t('report.complained'), 'complained'),
          ...(open
            ? [
                {
                  title: '',
                  key: 'choose',
                  render: (_: unknown, { variant }: Arm) => (
                    <Button onClick={() => choose(variant)}>{t('report.choose', { letter: letterOf(variant) })}</Button>
                  ),
                },
              ]
            : []),
        ].filter((column) => column !== false)}
      />
    </div>
  );
}

/** When a variant was to leave, and once that is known, when it really did. */
function TimesOf({ arm: { sendAt, sentFrom, sentUntil } }: { arm: Pick<Arm, 'sendAt' | 'sentFrom' | 'sentUntil'> }) {
  const { t, i18n } = useTranslation('abTest');
  const zone = useTimeZone();
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  return (
    <>
      <span className="block">
        <Instant at={sendAt} />
      </span>
      {sentFrom && sentUntil && (
        <span className="quiet small block figures">
          {t('report.actual', { range: format.formatRange(new Date(sentFrom), new Date(sentUntil)) })}
        </span>
      )}
    </>
  );
}

/** Asks before the rest of the recipients get a variant. */
function useChoose({ campaignId, state, rest }: AbReport): (variant: number) => void {
  const { t, i18n } = useTranslation('abTest');
  const { message } = App.useApp();
  const ask = useConfirm();
  const n = new Intl.NumberFormat(i18n.language).format(rest.prepared);
  return (variant) => {
    const letter = letterOf(variant);
    ask({
      question: t('report.chooseQuestion', { letter, n }),
      consequence: state === 'asking' ? t('report.chooseText') : t('report.chooseEarly'),
      confirm: t('report.chooseConfirm'),
      danger: false,
      onConfirm: async () => {
        const params = { path: { id: campaignId } };
        const { report } = await answer(
          api.POST('/api/v1/campaigns/{id}/ab-test/winner', { params, body: { variant } }),
        );
        queryClient.setQueryData(abReportQuery(campaignId).queryKey, report);
        void queryClient.invalidateQueries({ queryKey: ['campaigns', campaignId, 'report'] });
        message.success(t('report.chosenDone', { letter }));
      },
    });
  };
}
