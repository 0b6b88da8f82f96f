import { CopyOutlined, DeleteOutlined, PictureOutlined, UploadOutlined, WarningFilled } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { App, Button, Skeleton } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { answer, api, upload } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { Bytes } from '../components/count.js';
import { EmptyState } from '../components/empty-state.js';
import { ListProblem } from '../components/list-problem.js';
import { ListPager } from '../components/list-pager.js';
import { ListToolbar } from '../components/list-toolbar.js';
import { PageHeader } from '../components/page-header.js';
import { useListParams } from '../components/use-list-params.js';
import './images.css';

type Image = Resource<'Image'>;
const KINDS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** Larger ones make a mail slow to open on a phone. */
const HEAVY_BYTES = 1_000_000;

/** The pictures of the workspace's mails. */
export default function ImagesScreen() {
  const { t } = useTranslation('images');
  const params = useListParams([]);
  const { add, busy } = useUploads();
  const [over, setOver] = useState(false);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['images', 'list', params.query],
    queryFn: () => answer(api.GET('/api/v1/images', { params: { query: params.query as never } })),
    placeholderData: keepPreviousData,
  });
  const nothing = data?.items.length === 0 && !params.query.cursor;
  const button = <UploadButton busy={busy} onFiles={add} />;
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
        <ListToolbar params={params} searchLabel={t('search')} filters={[]} />
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
      <ul className="image-cards" aria-label={t('title')}>
        {data?.items.map((image) => (
          <li key={image.id}>
            <ImageCard image={image} />
          </li>
        ))}
      </ul>
      {data && <ListPager params={params} nextCursor={data.nextCursor} />}
    </div>
  );
}

function UploadButton({ busy, onFiles }: { busy: boolean; onFiles: (files: File[]) => void }) {
  const { t } = useTranslation('images');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button type="primary" icon={<UploadOutlined />} loading={busy} onClick={() => input.current?.click()}>
        {t('upload')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={KINDS.join(',')}
        aria-label={t('upload')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}

/** Uploads one file after the other; what fails is reported and the rest goes on. */
function useUploads() {
  const { t } = useTranslation('images');
  const { message } = App.useApp();
  const report = useReport();
  const [busy, setBusy] = useState(false);
  const run = async (files: File[]) => {
    setBusy(true);
    let done = 0;
    for (const file of files) {
      try {
        await upload<Image>('/api/v1/images', file);
        done += 1;
      } catch (error) {
        report(error);
      }
    }
    setBusy(false);
    if (done > 0) message.success(t('uploaded', { count: done }));
    await queryClient.invalidateQueries({ queryKey: ['images'] });
  };
  const add = (files: File[]) => {
    const pictures = files.filter(({ type }) => KINDS.includes(type));
    if (pictures.length < files.length) message.warning(t('kindsOnly'));
    if (pictures.length > 0) void run(pictures);
  };
  return { add, busy };
}

function ImageCard({ image }: { image: Image }) {
  const { t } = useTranslation('images');
  const { message } = App.useApp();
  const { id, url, name, width, height, bytes } = image;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(new URL(url, window.location.href).href);
      message.success(t('copied'));
    } catch {
      message.info(url);
    }
  };
  return (
    <>
      <a href={url} target="_blank" rel="noreferrer" className="image-picture" aria-label={t('open', { name })}>
        <img src={url} alt="" loading="lazy" />
      </a>
      <div className="image-text">
        <strong className="ellipsis" title={name}>
          {name}
        </strong>
        <span className="quiet small">
          {width} × {height} · <Bytes value={bytes} />
          {bytes > HEAVY_BYTES && (
            <span className="image-heavy">
              {' '}
              <WarningFilled aria-hidden="true" /> {t('heavy')}
            </span>
          )}
        </span>
        <div className="image-buttons">
          <Button size="small" icon={<CopyOutlined />} onClick={() => void copy()}>
            {t('copy')}
          </Button>
          <ConfirmButton
            size="small"
            danger
            icon={<DeleteOutlined />}
            aria-label={t('deleteOf', { name })}
            question={t('deleteQuestion', { name })}
            consequence={t('deleteText')}
            confirm={t('delete')}
            onConfirm={async () => {
              await call('delete', `/api/v1/images/${id}`);
              await queryClient.invalidateQueries({ queryKey: ['images'] });
            }}
          />
        </div>
      </div>
    </>
  );
}
