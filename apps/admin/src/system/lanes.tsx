import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { Count } from '../components/count.js';
import { RelativeTime } from '../components/relative-time.js';

type State = Resource<'SystemState'>;
type Lane = State['lanes'][number];
type JobsOfName = NonNullable<State['jobs']>[number];

/** What waits to be worked on, as Postgres knows it. */
export function Lanes({ lanes }: { lanes: Lane[] }) {
  const { t } = useTranslation('system');
  return (
    <section className="panel" aria-labelledby="lanes-title">
      <h2 id="lanes-title">{t('lanes')}</h2>
      <Table<Lane>
        aria-label={t('lanes')}
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={lanes}
        columns={[
          { title: t('laneName'), key: 'name', render: (_, { name }) => t(`lane.${name}`) },
          { title: t('waiting'), key: 'waiting', align: 'right', render: (_, lane) => <Count value={lane.waiting} /> },
          { title: t('oldest'), key: 'oldest', render: (_, { oldestAt }) => <RelativeTime at={oldestAt} /> },
        ]}
      />
    </section>
  );
}

/** The queue of hints, by the kind of job. */
export function Jobs({ jobs }: { jobs: State['jobs'] }) {
  const { t } = useTranslation('system');
  return (
    <section className="panel" aria-labelledby="jobs-title">
      <h2 id="jobs-title">{t('jobs')}</h2>
      {!jobs && <p className="quiet">{t('jobsAway')}</p>}
      {jobs && (
        <Table<JobsOfName>
          aria-label={t('jobs')}
          size="small"
          rowKey="name"
          pagination={false}
          dataSource={jobs}
          columns={[
            { title: t('job'), key: 'name', render: (_, { name }) => t(`jobName.${jobKey(name)}`) },
            { title: t('waiting'), key: 'waiting', align: 'right', render: (_, job) => <Count value={job.waiting} /> },
            { title: t('active'), key: 'active', align: 'right', render: (_, job) => <Count value={job.active} /> },
            { title: t('failed'), key: 'failed', align: 'right', render: (_, job) => <Count value={job.failed} /> },
          ]}
        />
      )}
    </section>
  );
}

/** A key of our texts can't have a dot. */
export function jobKey(name: string): string {
  return name.replace('.', '_');
}
