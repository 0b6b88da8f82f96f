import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { LocaleSelect, TimeZoneSelect } from '../components/locale-fields.js';

/** Fields of the first step, to go back to when the server refuses one of them. */
export const ACCOUNT_FIELDS = ['token', 'name', 'email', 'password'];

/** Step 1: who administers the system. */
export function AccountFields({ askToken }: { askToken: boolean }) {
  const { t } = useTranslation('setup');
  return (
    <>
      {askToken && (
        <Form.Item name="token" label={t('token')} extra={t('tokenHelp')} rules={[{ required: true }]}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true }]}>
        <Input autoComplete="name" maxLength={100} />
      </Form.Item>
      <Form.Item name="email" label={t('email')} rules={[{ required: true }, { type: 'email' }]}>
        <Input type="email" autoComplete="username" maxLength={254} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('password')}
        extra={t('passwordHelp')}
        rules={[{ required: true }, { min: 10 }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
    </>
  );
}

/** Step 2: for whom the mail is sent. */
export function CompanyFields() {
  const { t } = useTranslation('setup');
  return (
    <>
      <Form.Item
        name="workspace"
        label={t('workspace')}
        extra={t('workspaceHelp')}
        rules={[{ required: true, whitespace: true }]}
      >
        <Input autoComplete="organization" maxLength={100} />
      </Form.Item>
      <Form.Item name="postalAddress" label={t('postalAddress')} extra={t('postalAddressHelp')}>
        <Input.TextArea rows={2} maxLength={500} autoComplete="street-address" />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="locale" label={t('locale')} rules={[{ required: true }]}>
          <LocaleSelect />
        </Form.Item>
        <Form.Item name="timezone" label={t('timezone')} rules={[{ required: true }]}>
          <TimeZoneSelect />
        </Form.Item>
      </div>
    </>
  );
}
