import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PRESETS, presetOf } from './presets.js';
import type { Mailbox, Values } from './mailbox-values.js';

const USUAL_PORT = {
  imap: { tls: 993, starttls: 143, none: 143 },
  pop3: { tls: 995, starttls: 110, none: 110 },
} as const;

/** Where the mailbox is and how to log in; a provider fills in what it publishes and says which secret it wants. */
export function ServerFields({ mailbox }: { mailbox: Mailbox | undefined }) {
  const { t } = useTranslation('mailboxes');
  const form = Form.useFormInstance<Values>();
  const protocol = Form.useWatch('protocol', form) ?? 'imap';
  const usualPort = () => {
    if (form.isFieldTouched('port')) return;
    form.setFieldValue(
      'port',
      USUAL_PORT[form.getFieldValue('protocol') as 'imap' | 'pop3'][
        form.getFieldValue('security') as keyof typeof USUAL_PORT.imap
      ],
    );
  };
  const follow = () => {
    const preset = presetOf(form.getFieldValue('host') as string, undefined);
    const host = preset?.[form.getFieldValue('protocol') as 'imap' | 'pop3'];
    if (host) form.setFieldValue('host', host);
    usualPort();
  };
  return (
    <>
      <ProviderField />
      <Form.Item name="protocol" label={t('protocolLabel')} extra={t(`protocolHelp.${protocol}`)}>
        <Radio.Group
          options={(['imap', 'pop3'] as const).map((value) => ({ value, label: t(`protocol.${value}`) }))}
          onChange={follow}
        />
      </Form.Item>
      <Form.Item name="security" label={t('securityLabel')}>
        <Radio.Group
          options={(['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: t(`security.${value}`) }))}
          onChange={usualPort}
        />
      </Form.Item>
      <div className="host-row">
        <Form.Item name="host" label={t('host')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={253} placeholder={`${protocol}.example.com`} autoComplete="off" />
        </Form.Item>
        <Form.Item name="port" label={t('port')} rules={[{ required: true }]}>
          <InputNumber min={1} max={65_535} precision={0} controls={false} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <LoginFields mailbox={mailbox} />
    </>
  );
}

/** Shows the provider whose servers stand in the form. */
function ProviderField() {
  const { t } = useTranslation('mailboxes');
  const form = Form.useFormInstance<Values>();
  const host = Form.useWatch('host', form);
  const choose = (key: string) => {
    const preset = PRESETS.find((each) => each.key === key);
    if (!preset) return;
    const protocol = form.getFieldValue('protocol') === 'pop3' && preset.pop3 ? 'pop3' : 'imap';
    form.setFieldsValue({
      protocol,
      host: preset[protocol] ?? preset.imap,
      port: USUAL_PORT[protocol].tls,
      security: 'tls',
      auth: {
        method: preset.secret === 'token' ? 'xoauth2' : 'password',
        ...(preset.oauth ? { oauth: preset.oauth } : {}),
      },
    } as never);
  };
  return (
    <Form.Item label={t('provider')} htmlFor="mailbox_provider">
      <Select
        id="mailbox_provider"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('providerPlaceholder')}
        value={presetOf(host, undefined)?.key ?? null}
        options={PRESETS.map(({ key }) => ({ value: key, label: t(`preset.${key}`) }))}
        onChange={choose}
      />
    </Form.Item>
  );
}

function LoginFields({ mailbox }: { mailbox: Mailbox | undefined }) {
  const { t } = useTranslation('mailboxes');
  const form = Form.useFormInstance<Values>();
  const method = Form.useWatch(['auth', 'method'], form);
  const host = Form.useWatch('host', form);
  const user = Form.useWatch(['auth', 'user'], form);
  const secret = presetOf(host, user)?.secret;
  const help = secret ? t(`secretHelp.${secret}`) : t('passwordHelp');
  return (
    <>
      <Form.Item name={['auth', 'method']} label={t('authMethod')}>
        <Radio.Group
          options={(['password', 'xoauth2'] as const).map((value) => ({ value, label: t(`method.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name={['auth', 'user']} label={t('user')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={320} autoComplete="off" placeholder="bounces@example.com" />
      </Form.Item>
      {method === 'xoauth2' ? (
        <OAuthFields mailbox={mailbox} />
      ) : (
        <Form.Item
          name={['auth', 'password']}
          label={t(`secret.${secret ?? 'password'}`)}
          extra={mailbox?.auth.passwordSet ? t('passwordKept') : help}
          rules={[{ required: !mailbox?.auth.passwordSet }]}
        >
          <Input.Password maxLength={4000} autoComplete="new-password" />
        </Form.Item>
      )}
    </>
  );
}

/** What access tokens are fetched with; a person gets it from the provider's console, once. */
function OAuthFields({ mailbox }: { mailbox: Mailbox | undefined }) {
  const { t } = useTranslation('mailboxes');
  const kept = mailbox?.auth.oauth?.refreshTokenSet;
  return (
    <>
      <Form.Item
        name={['auth', 'oauth', 'tokenUrl']}
        label={t('tokenUrl')}
        rules={[{ required: true, whitespace: true }]}
      >
        <Input maxLength={500} autoComplete="off" placeholder="https://login.example.com/oauth2/token" />
      </Form.Item>
      <Form.Item name={['auth', 'oauth', 'scope']} label={t('scope')}>
        <Input maxLength={1000} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name={['auth', 'oauth', 'clientId']}
        label={t('clientId')}
        rules={[{ required: true, whitespace: true }]}
      >
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['auth', 'oauth', 'clientSecret']} label={t('clientSecret')} extra={t('clientSecretHelp')}>
        <Input.Password maxLength={4000} autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name={['auth', 'oauth', 'refreshToken']}
        label={t('refreshToken')}
        extra={kept ? t('refreshTokenKept') : t('refreshTokenHelp')}
        rules={[{ required: !kept }]}
      >
        <Input.Password maxLength={8000} autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
