import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { fieldsQuery, listsQuery, tagsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { FormDrawer } from '../components/form-drawer.js';
import { LocaleSelect, TimeZoneSelect } from '../components/locale-fields.js';
import { FieldInput, fromFormValue, toFormValue, type FieldFormValue } from './field-input.js';

type Contact = Resource<'Contact'>;
interface Values {
  email: string;
  name: string;
  locale: 'zh-CN' | 'en' | null;
  timezone: string | null;
  tags: string[];
  fields: Record<string, FieldFormValue>;
  lists?: string[];
  consentSource?: string;
}

interface ContactDrawerProps {
  open: boolean;
  onClose: () => void;
  /** Edits this one; creates without it. */
  contact?: Contact;
  /** List a new contact starts in. */
  listId?: string | null;
}

/** One contact by hand. Memberships of an existing one are changed on its page, where their history stands. */
export function ContactDrawer({ open, onClose, contact, listId }: ContactDrawerProps) {
  const { t } = useTranslation('contacts');
  const [form] = Form.useForm<Values>();
  const fields = useQuery(fieldsQuery).data ?? [];
  const tags = useQuery(tagsQuery).data ?? [];
  const save = async (values: Values, version: number) => {
    const { lists, consentSource, ...rest } = values;
    const body = {
      ...rest,
      email: values.email.trim(),
      name: values.name ?? '',
      locale: values.locale ?? null,
      timezone: values.timezone ?? null,
      fields: Object.fromEntries(fields.map(({ key, type }) => [key, fromFormValue(type, values.fields?.[key])])),
    };
    if (contact) {
      await answer(
        api.PATCH('/api/v1/contacts/{id}', { params: { path: { id: contact.id } }, body: { ...body, version } }),
      );
    } else {
      const consent = consentSource ? { source: consentSource, at: new Date().toISOString() } : undefined;
      const memberships = (lists ?? []).map((id) => ({ id, status: 'subscribed' as const, consent }));
      await answer(api.POST('/api/v1/contacts', { body: { ...body, lists: memberships } }));
    }
    for (const name of ['contacts', 'tags', 'lists']) void queryClient.invalidateQueries({ queryKey: [name] });
  };
  const valuesOf = (known: Contact): Values => ({
    email: known.email,
    name: known.name,
    locale: known.locale,
    timezone: known.timezone,
    tags: known.tags,
    fields: Object.fromEntries(fields.map(({ key, type }) => [key, toFormValue(type, known.fields[key])])),
  });
  return (
    <FormDrawer<Values>
      name="contact"
      title={contact ? t('edit') : t('add')}
      open={open}
      onClose={onClose}
      form={form}
      initialValues={contact ? valuesOf(contact) : { tags: [], lists: listId ? [listId] : [] }}
      submitLabel={contact ? t('save') : t('add')}
      version={contact?.version}
      onSubmit={save}
      fromCurrent={valuesOf}
    >
      <Form.Item name="email" label={t('email')} rules={[{ required: true, whitespace: true }]}>
        <Input type="email" autoComplete="off" maxLength={254} autoFocus={!contact} />
      </Form.Item>
      <Form.Item name="name" label={t('name')}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <Form.Item name="tags" label={t('column.tags')}>
        <Select mode="tags" options={tags.map(({ name }) => ({ value: name, label: name }))} maxCount={100} />
      </Form.Item>
      {!contact && <NewMemberships />}
      {fields.map((field) => (
        <FieldInput key={field.id} field={field} />
      ))}
      <div className="form-row">
        <Form.Item name="locale" label={t('locale')}>
          <LocaleSelect allowClear />
        </Form.Item>
        <Form.Item name="timezone" label={t('timezone')}>
          <TimeZoneSelect allowClear />
        </Form.Item>
      </div>
    </FormDrawer>
  );
}

function NewMemberships() {
  const { t } = useTranslation('contacts');
  const lists = useQuery(listsQuery).data ?? [];
  const chosen = Form.useWatch<string[] | undefined>('lists');
  return (
    <>
      <Form.Item name="lists" label={t('column.lists')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={lists.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      {(chosen?.length ?? 0) > 0 && (
        <Form.Item
          name="consentSource"
          label={t('consentSource')}
          extra={t('consentHelp')}
          rules={[{ required: true, whitespace: true }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      )}
    </>
  );
}
