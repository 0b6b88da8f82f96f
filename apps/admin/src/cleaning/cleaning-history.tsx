import { ClearOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { Count } from '../components/count.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { Instant } from '../components/relative-time.js';
import './cleaning.css';
import { CleaningStatus, type Cleaning } from './cleaning-status.js';

const RELOAD_MS = 5_000;
const VERDICTS = ['valid', 'risky', 'invalid'] as const;

/** Earlier cleanings of a list, newest first. */
export function CleaningHistory({ listId, action }: { listId: string; action: ReactNode }) {
  const { t } = useTranslation('cleaning');
  const columns: Column<Cleaning>[] = [
    {
      title: t('started'),
      key: 'started',
      render: (_, { id, createdAt }) => (
        <Link to={`/cleanings/${id}`}>
          <Instant at={createdAt} />
        </Link>
      ),
    },
    { title: t('kind'), key: 'kind', render: (_, { kind }) => t(`kindName.${kind}`) },
    { title: t('state'), key: 'status', render: (_, { status }) => <CleaningStatus status={status} /> },
    ...VERDICTS.map((verdict): Column<Cleaning> => ({
      title: t(`verdict.${verdict}`),
      key: verdict,
      align: 'right',
      render: (_, { verdicts }) => <Count value={verdicts[verdict]} />,
    })),
  ];
  return (
    <section className="cleaning">
      <h2>{t('history')}</h2>
      <DataTable<Cleaning>
        name={`cleanings-${listId}`}
        label={t('history')}
        load={(query) => answer(api.GET('/api/v1/lists/{id}/cleanings', { params: { path: { id: listId }, query } }))}
        columns={columns}
        refetchInterval={RELOAD_MS}
        empty={<EmptyState icon={<ClearOutlined />} title={t('empty.title')} text={t('empty.text')} action={action} />}
        card={({ id, createdAt, status, verdicts }) => (
          <div className="stack">
            <div className="spread">
              <Link to={`/cleanings/${id}`}>
                <Instant at={createdAt} />
              </Link>
              <CleaningStatus status={status} />
            </div>
            <span className="quiet">
              {VERDICTS.map((verdict) => (
                <span key={verdict}>
                  {t(`verdict.${verdict}`)} <Count value={verdicts[verdict]} />{' '}
                </span>
              ))}
            </span>
          </div>
        )}
      />
    </section>
  );
}
