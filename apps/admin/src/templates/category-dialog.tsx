import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { useFormSave } from '../components/use-form-save.js';
import { categoriesQuery } from './categories.js';

interface CategoryDialogProps {
  template: Resource<'TemplateSummary'>;
  open: boolean;
  onClose: () => void;
}

/** Puts a template into a category: one there is, a new one or none. */
export function CategoryDialog({ template, open, onClose }: CategoryDialogProps) {
  const { t } = useTranslation('templates');
  const { id, version, category } = template;
  const [form] = Form.useForm<{ category?: string }>();
  const categories = useQuery({ ...categoriesQuery, enabled: open }).data ?? [];
  const { busy, save } = useFormSave<{ category?: string }>(form, t('savedState'), async (said) => {
    const body = { category: said.category ?? '', version };
    await answer(api.PATCH('/api/v1/templates/{id}', { params: { path: { id } }, body }));
    onClose();
    await queryClient.invalidateQueries({ queryKey: ['templates'] });
  });
  return (
    <Modal
      open={open}
      title={t('setCategory')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      destroyOnHidden
    >
      <Form name="category" form={form} layout="vertical" preserve={false} initialValues={{ category }} onFinish={save}>
        <Form.Item name="category" label={t('category')} extra={t('categoryHelp')}>
          <AutoComplete
            maxLength={60}
            allowClear
            options={categories.map(({ name }) => ({ value: name }))}
            showSearch={{
              filterOption: (typed, option) => (option?.value ?? '').toLowerCase().includes(typed.toLowerCase()),
            }}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
