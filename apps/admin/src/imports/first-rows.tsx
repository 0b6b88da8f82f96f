import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';

/** The first rows as they were read, to see at a glance whether the file is cut into cells as it should. */
export function FirstRows({ preview }: { preview: Resource<'ImportPreview'> }) {
  const { t } = useTranslation('imports');
  const rows = preview.rows.map((cells, index) => ({ index, cells }));
  return (
    <details className="first-rows">
      <summary>{t('firstRows', { count: rows.length })}</summary>
      <div
        className="panel-table mapping"
        tabIndex={0}
        role="region"
        aria-label={t('firstRows', { count: rows.length })}
      >
        <Table
          size="small"
          pagination={false}
          rowKey="index"
          dataSource={rows}
          columns={preview.columns.map(({ header }, column) => ({
            key: column,
            title: header || t('column', { number: column + 1 }),
            render: (_, { cells }) => <span className="cell">{cells[column]}</span>,
          }))}
        />
      </div>
    </details>
  );
}
