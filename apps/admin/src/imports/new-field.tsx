import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import type { BodyOf } from '../api/types.js';
import { useFreshForm } from '../components/use-fresh-form.js';
import { FIELD_TYPES, keyFor } from '../components/field-key.js';

type Body = BodyOf<'/api/v1/fields', 'post'>;

interface NewFieldProps {
  open: boolean;
  /** Head of the column, proposed as the name. */
  header: string;
  /** What its cells hold. */
  type: Body['type'];
  onClose: () => void;
  onCreated: (key: string) => void;
}

/** A custom field made while mapping, without leaving the import. */
export function NewField({ open, header, type, onClose, onCreated }: NewFieldProps) {
  const { t } = useTranslation('imports');
  const [form] = Form.useForm<Body>();
  const [busy, setBusy] = useState(false);
  const report = useReport();
  const ready = useFreshForm(open);
  const create = async (body: Body) => {
    setBusy(true);
    try {
      const { key } = await answer(api.POST('/api/v1/fields', { body }));
      await queryClient.invalidateQueries({ queryKey: ['fields'] });
      onCreated(key);
      onClose();
    } catch (error) {
      report(error, form);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={t('newFieldTitle')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('create')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      destroyOnHidden
    >
      {ready && (
        <Form<Body>
          name="new-field"
          form={form}
          layout="vertical"
          clearOnDestroy
          initialValues={{ label: header.slice(0, 100), key: keyFor(header), type }}
          onFinish={(values) => void create(values)}
        >
          <Form.Item name="label" label={t('fieldLabel')} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item
            name="key"
            label={t('fieldKey')}
            extra={t('fieldKeyHelp')}
            rules={[{ required: true }, { pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t('fieldKeyRule') }]}
          >
            <Input maxLength={40} className="mono" />
          </Form.Item>
          <Form.Item name="type" label={t('fieldType')}>
            <Select options={FIELD_TYPES.map((value) => ({ value, label: t(`fieldTypeName.${value}`) }))} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
