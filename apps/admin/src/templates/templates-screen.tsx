import { FileTextOutlined, PlusOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api } from '../api/client.js';
import { EmptyState } from '../components/empty-state.js';
import { ListProblem } from '../components/list-problem.js';
import { ListPager } from '../components/list-pager.js';
import { ListToolbar } from '../components/list-toolbar.js';
import { PageHeader } from '../components/page-header.js';
import { useListParams } from '../components/use-list-params.js';
import { categoriesQuery } from './categories.js';
import { PreviewModal } from './preview-modal.js';
import { StartersModal } from './starters-modal.js';
import { TemplateCard } from './template-card.js';
import './templates.css';

/** The gallery of templates. */
export default function TemplatesScreen() {
  const { t } = useTranslation('templates');
  const [choosing, setChoosing] = useState(false);
  const params = useListParams(['category']);
  const [search, setSearch] = useSearchParams();
  const categories = useQuery(categoriesQuery).data ?? [];
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['templates', 'list', params.query],
    queryFn: () => answer(api.GET('/api/v1/templates', { params: { query: params.query as never } })),
    placeholderData: keepPreviousData,
  });
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setChoosing(true)}>
      {t('create')}
    </Button>
  );
  const categoryChoices = categories.map(({ name, templates }) => ({
    value: name,
    label: t('categoryChoice', { name, count: templates }),
  }));
  const withCategories = categories.length > 0 || Boolean(params.values.category);
  const addressOf = (preview: string | null) => {
    const fresh = new URLSearchParams(search);
    if (preview) fresh.set('preview', preview);
    else fresh.delete('preview');
    return fresh;
  };
  const nothing = data?.items.length === 0 && !params.query.cursor;
  return (
    <>
      <PageHeader title={t('title')} count={data?.total} description={t('description')} actions={create} />
      {(params.filtered || !nothing) && !isPending && (
        <ListToolbar
          params={params}
          searchLabel={t('search')}
          filters={[{ name: 'category', label: t('category'), options: categoryChoices, hidden: !withCategories }]}
          views="templates"
        />
      )}
      {error && !data && <ListProblem error={error} params={params} onRetry={() => void refetch()} />}
      {isPending && <Skeleton active paragraph={{ rows: 8 }} className="panel" />}
      {nothing && (
        <div className="panel">
          {params.filtered ? (
            <EmptyState title={t('noMatch')} action={<Button onClick={params.clear}>{t('clear')}</Button>} />
          ) : (
            <EmptyState icon={<FileTextOutlined />} title={t('empty.title')} text={t('empty.text')} action={create} />
          )}
        </div>
      )}
      <ul className="gallery" aria-label={t('title')}>
        {data?.items.map((template) => (
          <li key={template.id} className="gallery-card">
            <TemplateCard template={template} preview={`?${addressOf(template.id).toString()}`} />
          </li>
        ))}
      </ul>
      {data && <ListPager params={params} nextCursor={data.nextCursor} />}
      <PreviewModal id={search.get('preview')} onClose={() => setSearch(addressOf(null))} />
      <StartersModal open={choosing} onClose={() => setChoosing(false)} />
    </>
  );
}
