import { useQuery } from '@tanstack/react-query';
import { Drawer, Form, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { BodyOf } from '../api/types.js';
import { Bytes } from '../components/count.js';
import { FormDrawer } from '../components/form-drawer.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { FolderInput } from './folder-input.js';
import type { Image } from './image-query.js';
import { UseList } from './image-uses.js';

type Body = Omit<BodyOf<'/api/v1/images/{id}', 'patch'>, 'version'>;

/** The image that the address names, with what is said of it and where it is used. */
export function ImageDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation('images');
  const { data, error, refetch } = useQuery({
    queryKey: ['image', id],
    queryFn: () => answer(api.GET('/api/v1/images/{id}', { params: { path: { id: id! } } })),
    enabled: id !== null,
  });
  if (data && data.id === id) return <Details key={id} image={data} onClose={onClose} />;
  return (
    <Drawer open={id !== null} onClose={onClose} title={t('details')} size={480} destroyOnHidden>
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <Skeleton active />}
    </Drawer>
  );
}

function Details({ image, onClose }: { image: Image; onClose: () => void }) {
  const { t } = useTranslation('images');
  const [form] = Form.useForm<Body>();
  // What somebody else saves meanwhile is told at the own save, not mixed into it.
  const [{ id, version, ...said }] = useState(image);
  const { url, width, height, bytes } = image;
  const save = async (body: Body, current: number) => {
    const path = { id };
    await answer(api.PATCH('/api/v1/images/{id}', { params: { path }, body: { ...body, version: current } }));
    await queryClient.invalidateQueries({ queryKey: ['images'] });
    await queryClient.invalidateQueries({ queryKey: ['image', id] });
  };
  return (
    <FormDrawer<Body>
      name="image"
      title={t('details')}
      open
      onClose={onClose}
      form={form}
      initialValues={pick(said)}
      submitLabel={t('save')}
      version={version}
      onSubmit={save}
      fromCurrent={pick}
    >
      <a href={url} target="_blank" rel="noreferrer" className="image-picture" aria-label={t('open', said)}>
        <img src={url} alt="" />
      </a>
      <p className="quiet small">
        {width} × {height} · <Bytes value={bytes} />
      </p>
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="alt" label={t('alt')} extra={t('altHelp')}>
        <Input.TextArea rows={2} maxLength={300} onPressEnter={(event) => event.preventDefault()} />
      </Form.Item>
      <Form.Item name="folder" label={t('folder')} extra={t('folderHelp')}>
        <FolderInput />
      </Form.Item>
      <h3 className="image-heading">{t('uses')}</h3>
      <UseList id={id} />
    </FormDrawer>
  );
}

function pick({ name, alt, folder }: Pick<Image, 'name' | 'alt' | 'folder'>): Body {
  return { name, alt, folder };
}
