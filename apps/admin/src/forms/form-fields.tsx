import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { fieldsQuery } from '../api/reference.js';
import './forms.css';

const FIELDS_MAX = 20;

/** What a form asks for beside the address, in its order. */
export function FormFields() {
  const { t } = useTranslation('forms');
  const { data } = useQuery(fieldsQuery);
  const chosen = (Form.useWatch<{ key?: string }[]>('fields') ?? []).map((field) => field?.key);
  const options = [
    { value: 'name', label: t('fieldName') },
    ...(data ?? []).map(({ key, label }) => ({ value: `field:${key}`, label })),
  ].map((option) => ({ ...option, disabled: chosen.includes(option.value) }));
  return (
    <Form.Item label={t('fields')} extra={t('fieldsHelp')}>
      <Form.List name="fields">
        {(rows, { add, remove }) => (
          <div className="stack">
            {rows.map(({ key, name }) => (
              <div key={key} className="form-field-row">
                <Form.Item name={[name, 'key']} noStyle rules={[{ required: true }]}>
                  <Select options={options} aria-label={t('field', { number: name + 1 })} className="wide" />
                </Form.Item>
                <Form.Item name={[name, 'required']} valuePropName="checked" noStyle>
                  <Checkbox>{t('required')}</Checkbox>
                </Form.Item>
                <Button
                  icon={<DeleteOutlined />}
                  aria-label={t('removeField', { number: name + 1 })}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              icon={<PlusOutlined />}
              disabled={rows.length >= Math.min(FIELDS_MAX, options.length)}
              onClick={() => add({ key: options.find(({ disabled }) => !disabled)?.value, required: false })}
            >
              {t('addField')}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}
