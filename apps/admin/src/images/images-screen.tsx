import { PictureOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api } from '../api/client.js';
import { IN_NO_FOLDER, imageFoldersQuery } from '../api/reference.js';
import { EmptyState } from '../components/empty-state.js';
import { ListProblem } from '../components/list-problem.js';
import { ListPager } from '../components/list-pager.js';
import { ListToolbar } from '../components/list-toolbar.js';
import { PageHeader } from '../components/page-header.js';
import { useListParams } from '../components/use-list-params.js';
import { ImageCard } from './image-card.js';
import { ImageDrawer } from './image-drawer.js';
import type { Image } from './image-query.js';
import './images.css';
import { MoveButton } from './move-button.js';
import { UploadButton } from './upload-button.js';
import { useUploads } from './use-uploads.js';

/** The pictures of the workspace's mails. */
export default function ImagesScreen() {
  const { t } = useTranslation('images');
  const params = useListParams(['folder']);
  const [search, setSearch] = useSearchParams();
  const folder = params.values.folder ?? '';
  const { add, busy } = useUploads(folder === IN_NO_FOLDER ? '' : folder);
  const [over, setOver] = useState(false);
  const folders = useQuery(imageFoldersQuery).data ?? [];
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['images', 'list', params.query],
    queryFn: () => answer(api.GET('/api/v1/images', { params: { query: params.query as never } })),
    placeholderData: keepPreviousData,
  });
  const nothing = data?.items.length === 0 && !params.query.cursor;
  const button = <UploadButton busy={busy} onFiles={add} />;
  const folderChoices = [
    ...folders.map(({ name, images }) => ({ value: name, label: t('folderChoice', { name, count: images }) })),
    { value: IN_NO_FOLDER, label: t('folderNone') },
  ];
  const addressOf = (id: string | null) => {
    const fresh = new URLSearchParams(search);
    if (id) fresh.set('image', id);
    else fresh.delete('image');
    return fresh;
  };
  return (
    <div
      className="images"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        add([...event.dataTransfer.files]);
      }}
    >
      <PageHeader title={t('title')} count={data?.total} description={t('description')} actions={button} />
      {!isPending && (!nothing || params.filtered) && (
        <ListToolbar
          params={params}
          searchLabel={t('search')}
          filters={[{ name: 'folder', label: t('folder'), options: folderChoices }]}
        />
      )}
      {error && !data && <ListProblem error={error} params={params} onRetry={() => void refetch()} />}
      {isPending && <Skeleton active paragraph={{ rows: 8 }} className="panel" />}
      {nothing && (
        <div className="panel">
          {params.filtered ? (
            <EmptyState title={t('noMatch')} action={<Button onClick={params.clear}>{t('showAll')}</Button>} />
          ) : (
            <EmptyState icon={<PictureOutlined />} title={t('empty.title')} text={t('empty.text')} action={button} />
          )}
        </div>
      )}
      <Cards images={data?.items ?? []} detailsOf={(id) => `?${addressOf(id).toString()}`} />
      {data && <ListPager params={params} nextCursor={data.nextCursor} />}
      <ImageDrawer id={search.get('image')} onClose={() => setSearch(addressOf(null))} />
    </div>
  );
}

/** The images of a page. What is chosen stays so on other pages, with the folder it was in. */
function Cards({ images, detailsOf }: { images: Image[]; detailsOf: (id: string) => string }) {
  const { t } = useTranslation('images');
  const common = useTranslation('components').t;
  const [selected, setSelected] = useState<readonly Image[]>([]);
  const select = (image: Image, chosen: boolean) =>
    setSelected((old) => [...old.filter(({ id }) => id !== image.id), ...(chosen ? [image] : [])]);
  const unselect = () => setSelected([]);
  return (
    <>
      {selected.length > 0 && (
        <div className="bulk-bar" role="region" aria-label={common('table.bulk')}>
          <strong aria-live="polite">{common('table.selected', { count: selected.length })}</strong>
          <MoveButton images={[...selected]} onDone={unselect} />
          <Button type="link" onClick={unselect}>
            {common('table.unselect')}
          </Button>
        </div>
      )}
      <ul className="image-cards" aria-label={t('title')}>
        {images.map((image) => {
          const chosen = selected.some(({ id }) => id === image.id);
          return (
            <li key={image.id} data-chosen={chosen}>
              <ImageCard
                image={image}
                details={detailsOf(image.id)}
                selected={chosen}
                onSelect={(to) => select(image, to)}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}
