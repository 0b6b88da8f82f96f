import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import type { Resource } from '../api/types.js';
import { DataTable, type Column } from '../components/data-table.js';
import { EmptyState } from '../components/empty-state.js';
import { useAddressReason } from '../words/index.js';
import type { Cleaning } from './cleaning-status.js';

type Row = Resource<'CleaningRow'>;

/** Who is risky or invalid, one by one. */
export function FoundRows({ cleaning }: { cleaning: Cleaning }) {
  const { t } = useTranslation('cleaning');
  const reasonOf = useAddressReason();
  const { id, status } = cleaning;
  const columns: Column<Row>[] = [
    { title: t('address'), key: 'address', render: (_, row) => <Address row={row} /> },
    {
      title: t('verdictTitle'),
      key: 'verdict',
      render: (_, { verdict }) => (
        <Tag color={verdict === 'invalid' ? 'error' : 'warning'}>{t(`verdict.${verdict}`)}</Tag>
      ),
    },
    {
      title: t('reasons'),
      key: 'reasons',
      render: (_, { reasons }) => reasons.map((reason) => reasonOf(reason)).join(t('comma')),
    },
    {
      title: t('didAction'),
      key: 'action',
      render: (_, { action }) => (action ? t(`actionDone.${action}`) : '–'),
    },
  ];
  const reasons = [...new Set(cleaning.reasons.map(({ reason }) => reason))];
  return (
    <section className="gap-16">
      <h2>{t('rows')}</h2>
      <DataTable<Row>
        // What was done changes with the state.
        name={`cleaning-rows-${id}-${status}`}
        label={t('rows')}
        rowKey={({ contactId }) => contactId}
        load={(query) => answer(api.GET('/api/v1/cleanings/{id}/rows', { params: { path: { id }, query } }))}
        columns={columns}
        searchLabel={t('search')}
        filters={[
          {
            name: 'verdict',
            label: t('verdictTitle'),
            options: (['invalid', 'risky'] as const).map((value) => ({ value, label: t(`verdict.${value}`) })),
          },
          {
            name: 'reason',
            label: t('reason'),
            options: reasons.map((value) => ({ value, label: reasonOf(value) })),
          },
        ]}
        empty={<EmptyState title={t('rowsGone')} />}
        card={(row) => (
          <div className="stack">
            <Address row={row} />
            <span className="quiet">{row.reasons.map((reason) => reasonOf(reason)).join(t('comma'))}</span>
            {row.action && <span className="quiet">{t(`actionDone.${row.action}`)}</span>}
          </div>
        )}
      />
    </section>
  );
}

function Address({ row: { contactId, email, name, suggestion } }: { row: Row }) {
  const { t } = useTranslation('cleaning');
  return (
    <div className="two-lines">
      <Link to={`/contacts/${contactId}`} className="ellipsis" title={email} translate="no">
        {email}
      </Link>
      {suggestion && suggestion !== email ? (
        <span className="ellipsis">{t('meant', { address: suggestion })}</span>
      ) : (
        name && <span className="ellipsis">{name}</span>
      )}
    </div>
  );
}
