import { Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';
import { RelativeTime } from '../components/relative-time.js';
import { useNarrow } from '../components/use-narrow.js';

type Process = Resource<'SystemState'>['processes'][number];

/** Who says that they run: program, machine, version, since when. */
export function Processes({ processes }: { processes: Process[] }) {
  const { t } = useTranslation('system');
  const narrow = useNarrow();
  return (
    <section className="panel" aria-labelledby="processes-title">
      <h2 id="processes-title">{t('processes')}</h2>
      {processes.length === 0 && <p className="quiet">{t('processesNone')}</p>}
      {processes.length > 0 && narrow && (
        <ul className="plain-list divided">
          {processes.map((process) => (
            <li key={process.name} className="stack">
              <span className="spread">
                <strong>{t(`app.${process.app}`)}</strong>
                <Alive alive={process.alive} />
              </span>
              <span className="quiet small system-name">
                {process.name} · {process.version}
              </span>
              <span className="quiet small">
                {t('seen')} <RelativeTime at={process.seenAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {processes.length > 0 && !narrow && (
        <Table<Process>
          aria-label={t('processes')}
          size="small"
          rowKey="name"
          pagination={false}
          dataSource={processes}
          columns={[
            { title: t('program'), key: 'app', render: (_, { app }) => t(`app.${app}`) },
            {
              title: t('place'),
              key: 'place',
              render: (_, { name }) => <span className="system-name quiet">{name}</span>,
            },
            { title: t('version'), dataIndex: 'version' },
            { title: t('started'), key: 'started', render: (_, { startedAt }) => <RelativeTime at={startedAt} /> },
            { title: t('seen'), key: 'seen', render: (_, { seenAt }) => <RelativeTime at={seenAt} /> },
            { title: t('condition'), key: 'alive', render: (_, { alive }) => <Alive alive={alive} /> },
          ]}
        />
      )}
    </section>
  );
}

function Alive({ alive }: { alive: boolean }) {
  const { t } = useTranslation('system');
  return <Tag color={alive ? 'success' : 'error'}>{t(alive ? 'alive' : 'silent')}</Tag>;
}
