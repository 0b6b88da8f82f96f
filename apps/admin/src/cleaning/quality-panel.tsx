import { useQuery } from '@tanstack/react-query';
import { Skeleton, Table, Tag, type TableColumnType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { Count, Rate } from '../components/count.js';
import { ProblemAlert } from '../components/problem-alert.js';

type Quality = Resource<'ListQuality'>;
type Figures = Quality['overall'];
type Level = Figures['hardLevel'];

/** What became of the mail to a list: as a whole, by import source and by domain. */
export function QualityPanel({ listId }: { listId: string }) {
  const { t } = useTranslation('cleaning');
  const { data, error, refetch } = useQuery({
    queryKey: ['list-quality', listId],
    queryFn: () => answer(api.GET('/api/v1/lists/{id}/quality', { params: { path: { id: listId } } })),
  });
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 4 }} className="panel" />;
  if (data.overall.sent === 0) {
    return (
      <section className="panel gap-below">
        <h2>{t('quality.title')}</h2>
        <p className="quiet no-margin">{t('quality.nothingSent')}</p>
      </section>
    );
  }
  return (
    <>
      <section className="panel gap-below">
        <h2>{t('quality.title')}</h2>
        <Overall figures={data.overall} />
        <p className="quiet small no-margin">
          {t(data.truncated ? 'quality.basisNewest' : 'quality.basis', { count: data.campaigns })}
        </p>
      </section>
      <Breakdown
        title={t('quality.byImport')}
        rows={data.imports}
        keyOf={({ importId }) => importId ?? 'none'}
        nameOf={(row) => <Source row={row} />}
      />
      <Breakdown
        title={t('quality.byDomain')}
        rows={data.domains}
        keyOf={({ domain }) => domain}
        nameOf={({ domain }) => <span translate="no">{domain}</span>}
      />
    </>
  );
}

function Overall({ figures }: { figures: Figures }) {
  const { t } = useTranslation('cleaning');
  const { sent, delivered, hard, complaints, unsubscribed, reached, silent, hardLevel, complaintLevel } = figures;
  return (
    <dl className="figures-grid">
      <div>
        <dt>{t('quality.sent')}</dt>
        <dd>
          <Count value={sent} />
        </dd>
      </div>
      <div>
        <dt>{t('quality.delivered')}</dt>
        <dd>
          <Rate count={delivered} of={sent} />
        </dd>
      </div>
      <div>
        <dt>{t('quality.hard')}</dt>
        <dd>
          <Rate count={hard} of={sent} /> <LevelTag level={hardLevel} />
        </dd>
        <dd className="quiet small">{t('quality.hardLimits')}</dd>
      </div>
      <div>
        <dt>{t('quality.complaints')}</dt>
        <dd>
          <Rate count={complaints} of={delivered} digits={2} /> <LevelTag level={complaintLevel} />
        </dd>
        <dd className="quiet small">{t('quality.complaintLimits')}</dd>
      </div>
      <div>
        <dt>{t('quality.unsubscribed')}</dt>
        <dd>
          <Rate count={unsubscribed} of={delivered} />
        </dd>
      </div>
      <div>
        <dt>{t('quality.silent')}</dt>
        <dd>
          <Rate count={silent} of={reached} />
        </dd>
        <dd className="quiet small">{t('quality.silentHelp')}</dd>
      </div>
    </dl>
  );
}

/** Says in words that a share is too high; nothing while it is not. */
function LevelTag({ level }: { level: Level }) {
  const { t } = useTranslation('cleaning');
  if (level === 'ok') return null;
  return <Tag color={level === 'stop' ? 'error' : 'warning'}>{t(`quality.level.${level}`)}</Tag>;
}

function Source({ row: { importId, fileName, source } }: { row: Quality['imports'][number] }) {
  const { t } = useTranslation('cleaning');
  if (!importId) return t('quality.oneByOne');
  return (
    <div className="two-lines">
      <Link to={`/imports/${importId}`} className="ellipsis clip-320">
        {fileName ?? importId}
      </Link>
      {source && <span className="ellipsis clip-320">{source}</span>}
    </div>
  );
}

function Breakdown<Row extends Figures>({
  title,
  rows,
  keyOf,
  nameOf,
}: {
  title: string;
  rows: Row[];
  keyOf: (row: Row) => string;
  nameOf: (row: Row) => React.ReactNode;
}) {
  const { t } = useTranslation('cleaning');
  const columns: TableColumnType<Row>[] = [
    { title, key: 'name', render: (_, row) => nameOf(row) },
    { title: t('quality.sent'), key: 'sent', align: 'right', render: (_, { sent }) => <Count value={sent} /> },
    {
      title: t('quality.hard'),
      key: 'hard',
      align: 'right',
      render: (_, { hard, sent, hardLevel }) => (
        <>
          <LevelTag level={hardLevel} /> <Rate count={hard} of={sent} />
        </>
      ),
    },
    {
      title: t('quality.complaints'),
      key: 'complaints',
      align: 'right',
      render: (_, { complaints, delivered, complaintLevel }) => (
        <>
          <LevelTag level={complaintLevel} /> <Rate count={complaints} of={delivered} digits={2} />
        </>
      ),
    },
    {
      title: t('quality.unsubscribed'),
      key: 'unsubscribed',
      align: 'right',
      render: (_, { unsubscribed, delivered }) => <Rate count={unsubscribed} of={delivered} />,
    },
    {
      title: t('quality.silent'),
      key: 'silent',
      align: 'right',
      render: (_, { silent, reached }) => <Rate count={silent} of={reached} />,
    },
  ];
  return (
    <section className="panel panel-table gap-below" tabIndex={0} role="region" aria-label={title}>
      <Table<Row>
        aria-label={title}
        rowKey={keyOf}
        size="medium"
        pagination={false}
        columns={columns}
        dataSource={rows}
      />
    </section>
  );
}
