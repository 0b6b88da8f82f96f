import { Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Count, Rate } from '../components/count.js';
import { EmptyState } from '../components/empty-state.js';
import { useNarrow } from '../components/use-narrow.js';
import { useProviderName, useReasonName } from '../words/index.js';
import type { Report } from './report-query.js';

type Reason = Report['bounceReasons'][number];

/** Why messages did not arrive, with the words of a server that said so. */
export function BouncesTab({ report }: { report: Report }) {
  const { t } = useTranslation('report');
  const narrow = useNarrow();
  const reasonName = useReasonName();
  const { bounceReasons, rates } = report;
  if (bounceReasons.length === 0) {
    return (
      <div className="panel">
        <EmptyState title={t('bounces.none')} text={t('bounces.noneText')} />
      </div>
    );
  }
  return (
    <>
      <p className="quiet">
        {t('bounces.summary')} <Count value={rates.bounce.count} /> (<Rate {...rates.bounce} digits={2} />) ·{' '}
        <Link to="?tab=recipients&event=bounced">{t('bounces.who')}</Link>
      </p>
      {narrow ? (
        <ul className="card-list" aria-label={t('tab.bounces')}>
          {bounceReasons.map(({ reason, kind, count, sample }) => (
            <li key={`${reason} ${kind}`} className="stack">
              <div className="spread">
                <strong>{reasonName(reason)}</strong>
                <Count value={count} />
              </div>
              <span>
                <Tag color={kind === 'hard' ? 'error' : 'warning'}>{t(`bounceKind.${kind}`)}</Tag>
              </span>
              <code className="mono server-words">{sample || '–'}</code>
            </li>
          ))}
        </ul>
      ) : (
        <div className="panel panel-table">
          <Table<Reason>
            aria-label={t('tab.bounces')}
            rowKey={({ reason, kind }) => `${reason} ${kind}`}
            dataSource={bounceReasons}
            pagination={false}
            scroll={{ x: 'max-content' }}
            expandable={{
              rowExpandable: ({ providers }) => providers.length > 0,
              expandedRowRender: ({ providers }) => <ByProvider providers={providers} />,
            }}
            columns={[
              { title: t('bounces.reason'), key: 'reason', render: (_, { reason }) => reasonName(reason) },
              {
                title: t('bounces.kind'),
                key: 'kind',
                render: (_, { kind }) => (
                  <Tag color={kind === 'hard' ? 'error' : 'warning'}>{t(`bounceKind.${kind}`)}</Tag>
                ),
              },
              {
                title: t('bounces.count'),
                key: 'count',
                align: 'right',
                render: (_, { count }) => <Count value={count} />,
              },
              {
                title: t('bounces.sample'),
                key: 'sample',
                render: (_, { sample }) => <code className="mono server-words">{sample || '–'}</code>,
              },
            ]}
          />
        </div>
      )}
    </>
  );
}

/** One reason, provider by provider, each in the words of its own server. */
function ByProvider({ providers }: { providers: Reason['providers'] }) {
  const nameOf = useProviderName();
  return (
    <ul className="plain-list divided bounce-providers">
      {providers.map(({ provider, count, sample }) => (
        <li key={provider}>
          <Link to={`?tab=recipients&event=bounced&provider=${encodeURIComponent(provider)}`}>{nameOf(provider)}</Link>
          <Count value={count} />
          <code className="mono server-words">{sample || '–'}</code>
        </li>
      ))}
    </ul>
  );
}
