import { App, Button, Form, Modal, Select } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, download } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { listsQuery, tagsQuery } from '../api/reference.js';
import type { BodyOf } from '../api/types.js';
import { ConfirmButton } from '../components/confirm-button.js';

type Body = BodyOf<'/api/v1/contacts/bulk', 'post'>;
type Choice = 'addTag' | 'removeTag' | 'addToList' | 'unsubscribe';
const CHOICES: Choice[] = ['addTag', 'removeTag', 'addToList', 'unsubscribe'];

/** What can be done with the chosen contacts, at most 1,000 at once. */
export function BulkActions({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const { t } = useTranslation('contacts');
  const { message } = App.useApp();
  const [choice, setChoice] = useState<Choice | null>(null);
  const [saving, setSaving] = useState(false);
  const report = useReport();
  const save = async () => {
    setSaving(true);
    try {
      await download('/api/v1/contacts/export.csv', 'contacts.csv', { ids });
    } catch (error) {
      report(error);
    } finally {
      setSaving(false);
    }
  };
  const run = async (body: Omit<Body, 'ids'>) => {
    const { affected } = await answer(api.POST('/api/v1/contacts/bulk', { body: { ...body, ids } }));
    message.success(t('bulk.done', { count: affected }));
    await Promise.all(['contacts', 'tags', 'lists'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
    onDone();
  };
  return (
    <>
      {CHOICES.map((action) => (
        <Button key={action} size="small" onClick={() => setChoice(action)}>
          {t(`bulk.${action}`)}
        </Button>
      ))}
      <Button size="small" loading={saving} onClick={() => void save()}>
        {t('bulk.export')}
      </Button>
      <ConfirmButton
        size="small"
        danger
        question={t('bulk.deleteQuestion', { count: ids.length })}
        consequence={t('deleteText')}
        confirm={t('delete')}
        onConfirm={() => run({ action: 'delete' })}
      >
        {t('delete')}
      </ConfirmButton>
      <ChoiceDialog choice={choice} count={ids.length} onClose={() => setChoice(null)} onRun={run} />
    </>
  );
}

interface ChoiceDialogProps {
  choice: Choice | null;
  count: number;
  onClose: () => void;
  onRun: (body: Omit<Body, 'ids'>) => Promise<void>;
}

/** Asks which tag or list. */
function ChoiceDialog({ choice, count, onClose, onRun }: ChoiceDialogProps) {
  const { t } = useTranslation('contacts');
  const [form] = Form.useForm<{ tag?: string[]; listId?: string }>();
  const [busy, setBusy] = useState(false);
  const report = useReport();
  const tags = useQuery(tagsQuery).data ?? [];
  const lists = useQuery(listsQuery).data ?? [];
  const byTag = choice === 'addTag' || choice === 'removeTag';
  const submit = async ({ tag, listId }: { tag?: string[]; listId?: string }) => {
    setBusy(true);
    try {
      await onRun({ action: choice!, ...(byTag ? { tag: tag![0]! } : { listId: listId! }) });
      onClose();
    } catch (error) {
      report(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={choice !== null}
      title={choice && t(`bulk.${choice}`)}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={choice && t(`bulk.${choice}`)}
      cancelText={t('cancel')}
      confirmLoading={busy}
      destroyOnHidden
    >
      <p>{t('bulk.affects', { count })}</p>
      <Form name="bulk" form={form} layout="vertical" preserve={false} onFinish={(values) => void submit(values)}>
        {byTag ? (
          <Form.Item name="tag" label={t('column.tag')} rules={[{ required: true, message: t('bulk.chooseTag') }]}>
            <Select
              mode={choice === 'addTag' ? 'tags' : 'multiple'}
              maxCount={1}
              maxTagTextLength={40}
              options={tags.map(({ name }) => ({ value: name, label: name }))}
            />
          </Form.Item>
        ) : (
          <Form.Item name="listId" label={t('column.list')} rules={[{ required: true, message: t('bulk.chooseList') }]}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={lists.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
