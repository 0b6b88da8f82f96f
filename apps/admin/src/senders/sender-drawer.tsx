import { Collapse, Divider, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { BodyOf } from '../api/types.js';
import { FormDrawer } from '../components/form-drawer.js';
import { VerifyForm } from '../components/verify-form.js';
import { DeliveryFields } from './delivery-fields.js';
import { NEW_ACCOUNT, USUAL_PORT, bodyOf, valuesOf, type Account, type Values } from './sender-form.js';

interface SenderDrawerProps {
  open: boolean;
  account: Account | undefined;
  onClose: () => void;
}

/** Adds or edits a delivery channel; the settings can be tried before they are saved. */
export function SenderDrawer({ open, account, onClose }: SenderDrawerProps) {
  const { t } = useTranslation('senders');
  const [form] = Form.useForm<Values>();
  const save = async (values: Values, version: number) => {
    const body = account?.kind === 'sandbox' ? sandboxChanges(values) : bodyOf(values);
    if (account) {
      await answer(
        api.PATCH('/api/v1/smtp-accounts/{id}', {
          params: { path: { id: account.id } },
          body: { ...body, version } as BodyOf<'/api/v1/smtp-accounts/{id}', 'patch'>,
        }),
      );
    } else await answer(api.POST('/api/v1/smtp-accounts', { body: bodyOf(values) }));
    await queryClient.invalidateQueries({ queryKey: ['smtp-accounts'] });
  };
  return (
    <FormDrawer<Values>
      name="sender"
      title={account ? t('edit') : t('create')}
      open={open}
      onClose={onClose}
      form={form}
      initialValues={account ? valuesOf(account) : NEW_ACCOUNT}
      submitLabel={t('save')}
      version={account?.version}
      onSubmit={save}
      fromCurrent={valuesOf}
    >
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus={!account} placeholder={t('namePlaceholder')} />
      </Form.Item>
      {account?.kind === 'sandbox' ? (
        <p className="quiet">{t('sandboxHelp')}</p>
      ) : (
        <>
          <ServerFields account={account} />
          <Verify account={account} />
        </>
      )}
      <Collapse
        ghost
        className="drawer-more"
        items={[
          {
            key: 'delivery',
            label: t('more'),
            forceRender: true,
            children: <DeliveryFields account={account} />,
          },
        ]}
      />
    </FormDrawer>
  );
}

/** The sandbox keeps its place; a person changes how much it does. */
function sandboxChanges({
  name,
  connections,
  messagesPerConnection,
  weight,
  limits,
  enabled,
}: Values): Partial<Values> {
  const { limits: kept } = bodyOf({ limits } as Values);
  return { name, connections, messagesPerConnection, weight, limits: kept ?? {}, enabled } as Partial<Values>;
}

function ServerFields({ account }: { account: Account | undefined }) {
  const { t } = useTranslation('senders');
  const form = Form.useFormInstance<Values>();
  const method = Form.useWatch(['auth', 'method'], form);
  return (
    <>
      <Form.Item name="security" label={t('securityLabel')}>
        <Radio.Group
          options={(['starttls', 'tls', 'none'] as const).map((value) => ({ value, label: t(`security.${value}`) }))}
          onChange={(event) => {
            if (!form.isFieldTouched('port')) {
              form.setFieldValue('port', USUAL_PORT[event.target.value as keyof typeof USUAL_PORT]);
            }
          }}
        />
      </Form.Item>
      <div className="host-row">
        <Form.Item name="host" label={t('host')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={253} placeholder="smtp.example.com" autoComplete="off" />
        </Form.Item>
        <Form.Item name="port" label={t('port')} rules={[{ required: true }]}>
          <InputNumber min={1} max={65_535} precision={0} controls={false} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name={['auth', 'method']} label={t('authMethod')}>
        <Select
          options={(['plain', 'login', 'cram-md5', 'xoauth2', 'none'] as const).map((value) => ({
            value,
            label: t(`method.${value}`),
          }))}
        />
      </Form.Item>
      {method !== 'none' && (
        <>
          <Form.Item name={['auth', 'user']} label={t('user')} rules={[{ required: true, whitespace: true }]}>
            <Input maxLength={320} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name={['auth', 'password']}
            label={method === 'xoauth2' ? t('token') : t('password')}
            extra={account?.auth.passwordSet ? t('passwordKept') : t('passwordHelp')}
            rules={[{ required: !account?.auth.passwordSet }]}
          >
            <Input.Password maxLength={4000} autoComplete="new-password" />
          </Form.Item>
        </>
      )}
      <Form.Item name="fromDomains" label={t('fromDomains')} extra={t('fromDomainsHelp')}>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', ' ', '，', ';']}
          placeholder="example.com"
        />
      </Form.Item>
      <Divider />
      <Form.Item name="returnPath" label={t('returnPath')} extra={t('returnPathHelp')}>
        <Radio.Group
          className="check-column"
          options={(['verp', 'account'] as const).map((value) => ({ value, label: t(`returnPathName.${value}`) }))}
        />
      </Form.Item>
      <ReturnPathFields />
    </>
  );
}

function ReturnPathFields() {
  const { t } = useTranslation('senders');
  const kind = Form.useWatch('returnPath', Form.useFormInstance<Values>());
  return (
    <>
      {kind === 'verp' && (
        <Form.Item name="returnPathDomain" label={t('returnPathDomain')} extra={t('returnPathDomainHelp')}>
          <Input maxLength={253} placeholder="bounce.example.com" autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="returnPathAddress" label={t('returnPathAddress')} extra={t('returnPathAddressHelp')}>
        <Input maxLength={320} placeholder="bounces@example.com" autoComplete="off" />
      </Form.Item>
    </>
  );
}

/** Tries what stands in the form; without a password, what is stored. */
function Verify({ account }: { account: Account | undefined }) {
  const { t } = useTranslation('senders');
  return (
    <VerifyForm<Values>
      label={t('verify')}
      usesStored={({ auth }) => Boolean(account) && auth?.method !== 'none' && !auth?.password}
      run={(values, stored) =>
        stored
          ? answer(api.POST('/api/v1/smtp-accounts/{id}/verify', { params: { path: { id: account!.id } } }))
          : answer(api.POST('/api/v1/smtp-accounts/verify', { body: bodyOf(values) }))
      }
    />
  );
}
