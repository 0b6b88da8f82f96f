import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { useListParams } from './use-list-params.js';

/** Previous, next and the page size. Nothing while one short page shows everything. */
export function ListPager({
  params,
  nextCursor,
}: {
  params: ReturnType<typeof useListParams>;
  nextCursor: string | null;
}) {
  const { t } = useTranslation('components');
  if (!nextCursor && params.page === 1 && params.query.limit === params.pageSizes[0]) return null;
  return (
    <nav className="list-pager" aria-label={t('table.paging')}>
      <Select
        aria-label={t('table.pageSize')}
        value={params.query.limit}
        options={params.pageSizes.map((size) => ({ value: size, label: t('table.pageSizeOption', { count: size }) }))}
        popupMatchSelectWidth={false}
        onChange={(size) => params.change({ limit: String(size) })}
      />
      <Button
        icon={<LeftOutlined />}
        aria-label={t('table.previous')}
        disabled={params.page === 1 && !params.query.cursor}
        onClick={params.previous}
      />
      <span aria-live="polite">{t('table.page', { page: params.page })}</span>
      <Button
        icon={<RightOutlined />}
        aria-label={t('table.next')}
        disabled={!nextCursor}
        onClick={() => nextCursor && params.next(nextCursor)}
      />
    </nav>
  );
}
