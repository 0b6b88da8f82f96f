import { PictureOutlined, UploadOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Select, Skeleton } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, upload } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { IN_NO_FOLDER, imageFoldersQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { ProblemAlert } from '../components/problem-alert.js';

type Image = Resource<'Image'>;
const KINDS = 'image/png,image/jpeg,image/gif,image/webp';

/** A button that opens the media library, and gives the chosen image with its alternative text. */
export function ImagePicker({ onInsert }: { onInsert: (image: Image, alt: string) => void }) {
  const { t } = useTranslation('editor');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<PictureOutlined />} onClick={() => setOpen(true)}>
        {t('image.insert')}
      </Button>
      <ImageDialog open={open} onClose={() => setOpen(false)} onChoose={onInsert} />
    </>
  );
}

interface ImageDialogProps {
  open: boolean;
  onClose: () => void;
  onChoose: (image: Image, alt: string) => void;
}

/** The media library: choose an image or upload one, and say what it shows. */
export function ImageDialog({ open, onClose, onChoose }: ImageDialogProps) {
  const { t } = useTranslation('editor');
  const [chosen, setChosen] = useState<Image | null>(null);
  const [alt, setAlt] = useState('');
  const close = () => {
    onClose();
    setChosen(null);
    setAlt('');
  };
  const insert = () => {
    if (chosen) onChoose(chosen, alt.trim());
    close();
  };
  return (
    <Modal
      open={open}
      title={t('image.title')}
      width={760}
      onCancel={close}
      onOk={insert}
      okText={t('image.insert')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !chosen }}
      destroyOnHidden
    >
      <Library
        chosen={chosen}
        onChoose={(image) => {
          // What somebody wrote here stays, what another image said goes.
          if (alt === (chosen?.alt ?? '')) setAlt(image.alt);
          setChosen(image);
        }}
      />
      <label htmlFor="image-alt" className="metered-label">
        {t('image.alt')}
      </label>
      <Input
        id="image-alt"
        value={alt}
        maxLength={300}
        placeholder={t('image.altPlaceholder')}
        aria-describedby="image-alt-help"
        onChange={(event) => setAlt(event.target.value)}
        onPressEnter={insert}
      />
      <p id="image-alt-help" className="quiet small">
        {t('image.altHelp')}
      </p>
    </Modal>
  );
}

function Library({ chosen, onChoose }: { chosen: Image | null; onChoose: (image: Image) => void }) {
  const { t } = useTranslation('editor');
  const file = useRef<HTMLInputElement>(null);
  const report = useReport();
  const [folder, setFolder] = useState<string>();
  const images = useInfiniteQuery({
    queryKey: ['images', 'choices', folder],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => {
      const query = { limit: 24, ...(folder ? { folder } : {}), ...(pageParam ? { cursor: pageParam } : {}) };
      return answer(api.GET('/api/v1/images', { params: { query } }));
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const add = useMutation({
    mutationFn: (picked: File) =>
      upload<Image>('/api/v1/images', picked, folder && folder !== IN_NO_FOLDER ? { folder } : {}),
    onSuccess: async (image) => {
      await queryClient.invalidateQueries({ queryKey: ['images'] });
      onChoose(image);
    },
    onError: (error) => report(error),
  });
  const items = images.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="spread gap-below">
        <FolderFilter value={folder} onChange={setFolder} />
        <span className="quiet small">{t('image.help')}</span>
        <Button icon={<UploadOutlined />} loading={add.isPending} onClick={() => file.current?.click()}>
          {t('image.upload')}
        </Button>
        <input
          ref={file}
          type="file"
          accept={KINDS}
          hidden
          aria-label={t('image.upload')}
          onChange={(event) => {
            const picked = event.target.files?.[0];
            if (picked) add.mutate(picked);
            event.target.value = '';
          }}
        />
      </div>
      {images.error && <ProblemAlert error={images.error} onRetry={() => void images.refetch()} />}
      {images.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {images.data && items.length === 0 && <p className="image-none">{t(folder ? 'image.noneHere' : 'image.none')}</p>}
      <div className="image-grid" role="group" aria-label={t('image.title')}>
        {items.map((image) => (
          <button
            key={image.id}
            type="button"
            className="image-tile"
            aria-pressed={chosen?.id === image.id}
            onClick={() => onChoose(image)}
          >
            <img src={image.url} alt="" loading="lazy" />
            <span className="ellipsis">{image.name}</span>
            <span className="quiet small">
              {image.width} × {image.height}
            </span>
          </button>
        ))}
      </div>
      {images.hasNextPage && (
        <Button className="gap-below" loading={images.isFetchingNextPage} onClick={() => void images.fetchNextPage()}>
          {t('image.more')}
        </Button>
      )}
    </>
  );
}

/** Narrows the choice to a folder; nothing while there are none. */
function FolderFilter({ value, onChange }: { value: string | undefined; onChange: (folder?: string) => void }) {
  const { t } = useTranslation('editor');
  const folders = useQuery(imageFoldersQuery).data ?? [];
  if (folders.length === 0) return null;
  return (
    <Select
      className="image-folder"
      aria-label={t('image.folder')}
      placeholder={t('image.folder')}
      value={value}
      allowClear
      popupMatchSelectWidth={false}
      options={[
        ...folders.map(({ name }) => ({ value: name, label: name })),
        { value: IN_NO_FOLDER, label: t('image.folderNone') },
      ]}
      onChange={onChange}
    />
  );
}

/** The element that shows an image in a mail, never wider than the column around it. */
export function imageMarkup(image: Image, alt: string, format: 'html' | 'mjml'): string {
  const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  const width = Math.min(image.width, 600);
  if (format === 'mjml') return `<mj-image src="${escape(image.url)}" alt="${escape(alt)}" width="${width}px" />`;
  const height = Math.round((image.height * width) / image.width);
  return `<img src="${escape(image.url)}" alt="${escape(alt)}" width="${width}" height="${height}" style="display:block;max-width:100%;height:auto;border:0">`;
}
