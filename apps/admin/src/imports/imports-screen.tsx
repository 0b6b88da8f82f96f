import { DownloadOutlined, ImportOutlined } from '@ant-design/icons';
import { Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { Count } from '../components/count.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { LinkButton } from '../components/link-button.js';
import { PageHeader } from '../components/page-header.js';
import { RelativeTime } from '../components/relative-time.js';
import { StatusTag } from '../components/status-tag.js';
import { UndoButton } from './undo-button.js';
import { useErrorFile } from './use-error-file.js';

type ImportJob = Resource<'Import'>;
const RELOAD_MS = 5_000;

/** All imports, newest first. */
export default function ImportsScreen() {
  const { t } = useTranslation('imports');
  const begin = (
    <LinkButton type="primary" icon={<ImportOutlined />} to="/imports/new">
      {t('new')}
    </LinkButton>
  );
  const columns: Column<ImportJob>[] = [
    {
      title: t('file'),
      key: 'file',
      render: (_, job) => (
        <div className="two-lines">
          <Link to={`/imports/${job.id}`} className="ellipsis" title={job.fileName}>
            {job.fileName}
          </Link>
          <span className="ellipsis">{job.listName ?? t('notStarted')}</span>
        </div>
      ),
    },
    { title: t('status'), key: 'status', render: (_, { status }) => <StatusTag kind="import" value={status} /> },
    ...(['created', 'updated', 'duplicates', 'invalid'] as const).map((name): Column<ImportJob> => ({
      title: t(`count.${name}`),
      key: name,
      align: 'right',
      render: (_, job) => <Count value={job[name]} />,
    })),
    { title: t('started'), key: 'started', render: (_, { createdAt }) => <RelativeTime at={createdAt} /> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      align: 'right',
      render: (_, job) => <RowActions job={job} />,
    },
  ];
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={begin} />
      <DataTable<ImportJob>
        name="imports"
        label={t('title')}
        load={(query) => answer(api.GET('/api/v1/imports', { params: { query } }))}
        columns={columns}
        refetchInterval={RELOAD_MS}
        empty={<EmptyState icon={<ImportOutlined />} title={t('empty.title')} text={t('empty.text')} action={begin} />}
        card={(job) => (
          <div className="stack">
            <div className="spread">
              <Link to={`/imports/${job.id}`}>{job.fileName}</Link>
              <StatusTag kind="import" value={job.status} />
            </div>
            <span>{job.listName ?? t('notStarted')}</span>
            <span className="quiet">
              {t('count.created')} <Count value={job.created} /> · {t('count.updated')} <Count value={job.updated} /> ·{' '}
              {t('count.invalid')} <Count value={job.invalid} /> · <RelativeTime at={job.createdAt} />
            </span>
          </div>
        )}
      />
    </>
  );
}

/** What can be done with an import from the list: go on with a draft, save the refused rows, take it back. */
function RowActions({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports');
  const saving = useErrorFile(job);
  if (['draft', 'checking', 'checked'].includes(job.status)) {
    return (
      <LinkButton size="small" to={`/imports/${job.id}/prepare`}>
        {t('goOn')}
      </LinkButton>
    );
  }
  return (
    <Space wrap>
      {job.invalid > 0 && (
        <Button size="small" icon={<DownloadOutlined />} loading={saving.busy} onClick={saving.save}>
          {t('errorsShort')}
        </Button>
      )}
      <UndoButton size="small" job={job} />
    </Space>
  );
}
