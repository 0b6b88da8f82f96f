import { DatePicker, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';

type Field = Resource<'Field'>;
type FieldValue = Resource<'Contact'>['fields'][string];
/** What the form holds: dates as Dayjs, the rest as the API has it. */
export type FieldFormValue = FieldValue | Dayjs | undefined;

/** The input of one custom field, by its type; empty means "no value". */
export function FieldInput({ field }: { field: Field }) {
  return (
    <Form.Item name={['fields', field.key]} label={field.label}>
      <InputOf type={field.type} />
    </Form.Item>
  );
}

// Form.Item hands id, value and onChange to its child; they are passed on.
function InputOf({ type, ...control }: { type: Field['type'] }) {
  const { t } = useTranslation('contacts');
  switch (type) {
    case 'number':
      return <InputNumber {...control} style={{ width: '100%' }} />;
    case 'boolean':
      return (
        <Select
          {...control}
          allowClear
          options={[
            { value: true, label: t('yes') },
            { value: false, label: t('no') },
          ]}
        />
      );
    case 'date':
      return <DatePicker {...control} style={{ width: '100%' }} />;
    case 'text':
      return <Input {...control} maxLength={2000} />;
  }
}

/** Value of the API → value of the form. */
export function toFormValue(type: Field['type'], value: FieldValue | undefined): FieldFormValue {
  if (value === null || value === undefined) return undefined;
  if (type !== 'date') return value;
  const date = dayjs(String(value));
  return date.isValid() ? date : undefined;
}

/** Value of the form → value of the API; empty is null. */
export function fromFormValue(_type: Field['type'], value: FieldFormValue): FieldValue {
  if (value === undefined || value === null || value === '') return null;
  return dayjs.isDayjs(value) ? value.format('YYYY-MM-DD') : value;
}
