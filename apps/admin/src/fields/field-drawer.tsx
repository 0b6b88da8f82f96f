import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { BodyOf, Resource } from '../api/types.js';
import { FIELD_TYPES, keyFor } from '../components/field-key.js';
import { FormDrawer } from '../components/form-drawer.js';

type Body = BodyOf<'/api/v1/fields', 'post'>;

interface FieldDrawerProps {
  open: boolean;
  field: Resource<'Field'> | undefined;
  onClose: () => void;
}

/** Creates a field, or changes the label and default value of one: key and type are fixed, since mail and data rely on them. */
export function FieldDrawer({ open, field, onClose }: FieldDrawerProps) {
  const { t } = useTranslation('fields');
  const [form] = Form.useForm<Body>();
  const save = async (body: Body) => {
    if (field) {
      const { label, defaultValue } = body;
      const path = { id: field.id };
      await answer(api.PATCH('/api/v1/fields/{id}', { params: { path }, body: { label, defaultValue } }));
    } else await answer(api.POST('/api/v1/fields', { body }));
    await queryClient.invalidateQueries({ queryKey: ['fields'] });
  };
  const proposeKey = () => {
    if (!field && !form.isFieldTouched('key')) form.setFieldValue('key', keyFor(form.getFieldValue('label') ?? ''));
  };
  return (
    <FormDrawer<Body>
      name="field"
      title={field ? t('fields.edit') : t('fields.create')}
      open={open}
      onClose={onClose}
      form={form}
      initialValues={field ?? { type: 'text' }}
      submitLabel={field ? t('save') : t('fields.create')}
      onSubmit={save}
    >
      <Form.Item name="label" label={t('fields.label')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus={!field} onChange={proposeKey} />
      </Form.Item>
      <Form.Item
        name="key"
        label={t('fields.key')}
        extra={t('fields.keyHelp')}
        rules={[{ required: true }, { pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t('fields.keyRule') }]}
      >
        <Input maxLength={40} className="mono" disabled={Boolean(field)} />
      </Form.Item>
      <Form.Item name="type" label={t('fields.type')} extra={t('fields.typeHelp')}>
        <Select
          disabled={Boolean(field)}
          options={FIELD_TYPES.map((value) => ({ value, label: t(`fields.typeName.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="defaultValue"
        label={t('fields.defaultValue')}
        extra={t('fields.defaultHelp')}
        rules={[{ pattern: /^[^"{}\\]*$/, message: t('fields.defaultRule') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormDrawer>
  );
}
