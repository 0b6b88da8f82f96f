import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { BodyOf, Resource } from '../api/types.js';
import { FormDrawer } from '../components/form-drawer.js';
import { VerifyForm } from '../components/verify-form.js';
import './mailboxes.css';

type Mailbox = Resource<'Mailbox'>;
type Body = BodyOf<'/api/v1/mailboxes', 'post'>;
type Values = Omit<Body, 'protocol' | 'enabled'>;

const NEW_MAILBOX: Partial<Values> = {
  port: 993,
  security: 'tls',
  auth: { method: 'password', user: '' },
  folders: ['INBOX'],
  keep: { moveTo: null },
};
const USUAL_PORT = { tls: 993, starttls: 143, none: 143 } as const;

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
      <Form.Item
        name="folders"
        label={t('folders')}
        extra={t('foldersHelp')}
        rules={[{ required: true, type: 'array', min: 1 }]}
      >
        <Select mode="tags" open={false} suffixIcon={null} maxCount={20} tokenSeparators={[',', '，', ';']} />
      </Form.Item>
      <Form.Item name={['keep', 'moveTo']} label={t('moveTo')} extra={t('moveToHelp')}>
        <Input maxLength={200} placeholder={t('leave')} />
      </Form.Item>
      <Verify mailbox={mailbox} />
    </FormDrawer>
  );
}

function ServerFields({ mailbox }: { mailbox: Mailbox | undefined }) {
  const { t } = useTranslation('mailboxes');
  const form = Form.useFormInstance<Values>();
  const method = Form.useWatch(['auth', 'method'], form);
  return (
    <>
      <Form.Item name="security" label={t('securityLabel')}>
        <Radio.Group
          options={(['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: t(`security.${value}`) }))}
          onChange={(event) => {
            if (!form.isFieldTouched('port')) {
              form.setFieldValue('port', USUAL_PORT[event.target.value as keyof typeof USUAL_PORT]);
            }
          }}
        />
      </Form.Item>
      <div className="host-row">
        <Form.Item name="host" label={t('host')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={253} placeholder="imap.example.com" autoComplete="off" />
        </Form.Item>
        <Form.Item name="port" label={t('port')} rules={[{ required: true }]}>
          <InputNumber min={1} max={65_535} precision={0} controls={false} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name={['auth', 'method']} label={t('authMethod')}>
        <Radio.Group
          options={(['password', 'xoauth2'] as const).map((value) => ({ value, label: t(`method.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name={['auth', 'user']} label={t('user')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={320} autoComplete="off" placeholder="bounces@example.com" />
      </Form.Item>
      <Form.Item
        name={['auth', 'password']}
        label={method === 'xoauth2' ? t('token') : t('password')}
        extra={mailbox?.auth.passwordSet ? t('passwordKept') : t('passwordHelp')}
        rules={[{ required: !mailbox?.auth.passwordSet }]}
      >
        <Input.Password maxLength={4000} autoComplete="new-password" />
      </Form.Item>
    </>
  );
}

/** Tries what stands in the form; without a password, what is stored. */
function Verify({ mailbox }: { mailbox: Mailbox | undefined }) {
  const { t } = useTranslation('mailboxes');
  return (
    <VerifyForm<Values>
      label={t('verify')}
      usesStored={({ auth }) => Boolean(mailbox) && !auth.password}
      run={(values, stored) =>
        stored
          ? answer(api.POST('/api/v1/mailboxes/{id}/verify', { params: { path: { id: mailbox!.id } } }))
          : call<Resource<'VerifyResult'>>('post', '/api/v1/mailboxes/verify', { body: bodyOf(values) })
      }
    />
  );
}

function valuesOf({ name, host, port, security, auth, folders, keep }: Mailbox): Values {
  return { name, host, port, security, auth: { method: auth.method, user: auth.user }, folders, keep };
}

/** What the API takes. An empty password is left out, so that the stored one stays. */
function bodyOf({ auth, keep, ...rest }: Values): Body {
  const { password, ...login } = auth;
  return {
    ...rest,
    protocol: 'imap',
    auth: { ...login, ...(password ? { password } : {}) },
    keep: { moveTo: keep?.moveTo?.trim() || null },
  };
}
