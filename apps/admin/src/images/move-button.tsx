import { FolderOutlined } from '@ant-design/icons';
import { App, Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { FolderInput } from './folder-input.js';
import type { Image } from './image-query.js';

const UNDO_SECONDS = 10;

/** Puts the chosen images into a folder, or out of theirs; for some seconds there is a way back. */
export function MoveButton({ images, onDone }: { images: Image[]; onDone: () => void }) {
  const { t } = useTranslation('images');
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<{ folder?: string }>();
  const report = useReport();
  const offerUndo = useUndo();
  const submit = async ({ folder = '' }: { folder?: string }) => {
    setBusy(true);
    try {
      await moveTo(
        folder,
        images.map(({ id }) => id),
      );
      setOpen(false);
      onDone();
      offerUndo(folder.trim(), images);
    } catch (error) {
      report(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button size="small" icon={<FolderOutlined />} onClick={() => setOpen(true)}>
        {t('move')}
      </Button>
      <Modal
        open={open}
        title={t('moveTitle', { count: images.length })}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
        okText={t('moveConfirm')}
        cancelText={t('cancel')}
        confirmLoading={busy}
        destroyOnHidden
      >
        <Form name="move" form={form} layout="vertical" preserve={false} onFinish={(values) => void submit(values)}>
          <Form.Item name="folder" label={t('folder')} extra={t('folderHelp')}>
            <FolderInput />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

async function moveTo(folder: string, ids: string[]): Promise<void> {
  await answer(api.POST('/api/v1/images/move', { body: { ids, folder } }));
  await queryClient.invalidateQueries({ queryKey: ['images'] });
}

function useUndo(): (folder: string, before: Image[]) => void {
  const { t } = useTranslation('images');
  const { notification } = App.useApp();
  const report = useReport();
  return (folder, before) => {
    const key = `images-moved-${before[0]?.id}`;
    const undo = async () => {
      notification.destroy(key);
      try {
        for (const old of new Set(before.map((image) => image.folder))) {
          const back = before.filter((image) => image.folder === old);
          await moveTo(
            old,
            back.map(({ id }) => id),
          );
        }
      } catch (error) {
        report(error);
      }
    };
    notification.open({
      key,
      placement: 'bottomRight',
      title: t(folder ? 'moved' : 'movedOut', { count: before.length, folder }),
      duration: UNDO_SECONDS,
      actions: (
        <Button type="primary" onClick={() => void undo()}>
          {t('undo')}
        </Button>
      ),
    });
  };
}
