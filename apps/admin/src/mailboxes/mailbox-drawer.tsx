import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { BodyOf, Resource } from '../api/types.js';
import { FormDrawer } from '../components/form-drawer.js';
import { VerifyForm } from '../components/verify-form.js';
import { JUNK_FOLDER, NEW_MAILBOX, bodyOf, usesStored, valuesOf, type Mailbox, type Values } from './mailbox-values.js';
import { HandleFields } from './handle-fields.js';
import { ServerFields } from './server-fields.js';
import './mailboxes.css';

/** Adds or edits a mailbox; the settings can be tried before they are saved. */
export function MailboxDrawer({
  open,
  mailbox,
  onClose,
}: {
  open: boolean;
  mailbox: Mailbox | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation('mailboxes');
  const [form] = Form.useForm<Values>();
  const save = async (values: Values, version: number) => {
    const body = bodyOf(values);
    if (mailbox) {
      const path = { id: mailbox.id };
      await answer(
        api.PATCH('/api/v1/mailboxes/{id}', {
          params: { path },
          body: { ...body, version } as BodyOf<'/api/v1/mailboxes/{id}', 'patch'>,
        }),
      );
    } else await answer(api.POST('/api/v1/mailboxes', { body }));
    await queryClient.invalidateQueries({ queryKey: ['mailboxes'] });
  };
  return (
    <FormDrawer<Values>
      name="mailbox"
      title={mailbox ? t('edit') : t('create')}
      open={open}
      onClose={onClose}
      form={form}
      initialValues={mailbox ? valuesOf(mailbox) : NEW_MAILBOX}
      submitLabel={t('save')}
      version={mailbox?.version}
      onSubmit={save}
      fromCurrent={valuesOf}
    >
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus={!mailbox} placeholder={t('namePlaceholder')} />
      </Form.Item>
      <ServerFields mailbox={mailbox} />
      <KeepFields />
      <Verify mailbox={mailbox} />
    </FormDrawer>
  );
}

/** What is read of it, and what is done with mail that was read. */
function KeepFields() {
  const { t } = useTranslation('mailboxes');
  const protocol = Form.useWatch('protocol');
  if (protocol === 'pop3') {
    return (
      <Form.Item name={['keep', 'deleteAfterDays']} label={t('deleteAfterDays')} extra={t('deleteAfterDaysHelp')}>
        <InputNumber min={0} max={3_650} precision={0} placeholder={t('never')} style={{ width: 160 }} />
      </Form.Item>
    );
  }
  return (
    <>
      <Form.Item
        name="folders"
        label={t('folders')}
        extra={t('foldersHelp')}
        rules={[{ required: true, type: 'array', min: 1 }]}
      >
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          maxCount={20}
          tokenSeparators={[',', '，', ';']}
          options={[{ value: JUNK_FOLDER, label: t('junkFolder') }]}
        />
      </Form.Item>
      <HandleFields />
    </>
  );
}

/** Tries what stands in the form; without a password, what is stored. */
function Verify({ mailbox }: { mailbox: Mailbox | undefined }) {
  const { t } = useTranslation('mailboxes');
  return (
    <VerifyForm<Values>
      label={t('verify')}
      usesStored={(values) => Boolean(mailbox) && usesStored(values)}
      run={(values, stored) =>
        stored
          ? answer(api.POST('/api/v1/mailboxes/{id}/verify', { params: { path: { id: mailbox!.id } } }))
          : call<Resource<'VerifyResult'>>('post', '/api/v1/mailboxes/verify', { body: bodyOf(values) })
      }
    />
  );
}
