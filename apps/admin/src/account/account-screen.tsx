import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { BodyOf } from '../api/types.js';
import { meQuery, useSession } from '../app/session.js';
import { LocaleSelect, TimeZoneSelect } from '../components/locale-fields.js';
import { PageHeader } from '../components/page-header.js';
import { useFormSave } from '../components/use-form-save.js';
import { switchLocale } from '../i18n/i18n.js';

/** The user's own name, language, time zone and password. */
export default function AccountScreen() {
  const { t } = useTranslation('account');
  const { user } = useSession();
  return (
    <>
      <PageHeader title={t('title')} description={user.email} />
      <Profile />
      <Password />
    </>
  );
}

function Profile() {
  const { t } = useTranslation('account');
  const { user } = useSession();
  const [form] = Form.useForm<BodyOf<'/api/v1/auth/me', 'patch'>>();
  const { busy, save } = useFormSave(form, t('saved'), async (body: BodyOf<'/api/v1/auth/me', 'patch'>) => {
    const me = await answer(api.PATCH('/api/v1/auth/me', { body }));
    queryClient.setQueryData(meQuery.queryKey, me);
    switchLocale(me.user.locale);
  });
  return (
    <section className="panel form-panel">
      <h2>{t('profile')}</h2>
      <Form
        name="profile"
        form={form}
        layout="vertical"
        initialValues={{ name: user.name, locale: user.locale, timezone: user.timezone }}
        onFinish={save}
      >
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true }]}>
          <Input autoComplete="name" maxLength={100} />
        </Form.Item>
        <div className="form-row">
          <Form.Item name="locale" label={t('locale')}>
            <LocaleSelect />
          </Form.Item>
          <Form.Item name="timezone" label={t('timezone')} extra={t('timezoneHelp')}>
            <TimeZoneSelect />
          </Form.Item>
        </div>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('save')}
        </Button>
      </Form>
    </section>
  );
}

interface PasswordValues {
  currentPassword: string;
  newPassword: string;
  repeated: string;
}

function Password() {
  const { t } = useTranslation('account');
  const { user } = useSession();
  const [form] = Form.useForm<PasswordValues>();
  const { busy, save: change } = useFormSave(
    form,
    t('passwordChanged'),
    async ({ currentPassword, newPassword }: PasswordValues) => {
      await answer(api.POST('/api/v1/auth/password', { body: { currentPassword, newPassword } }));
      form.resetFields();
    },
  );
  return (
    <section className="panel form-panel">
      <h2>{t('password')}</h2>
      <Form name="password" form={form} layout="vertical" onFinish={change}>
        {/* Password managers want to know whose password this is. */}
        <input type="email" value={user.email} autoComplete="username" readOnly hidden />
        <Form.Item name="currentPassword" label={t('currentPassword')} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="newPassword"
          label={t('newPassword')}
          extra={t('passwordHelp')}
          rules={[{ required: true }, { min: 10 }]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="repeated"
          label={t('repeated')}
          dependencies={['newPassword']}
          rules={[
            { required: true },
            ({ getFieldValue }) => ({
              validator: async (_, value) => {
                if (value && value !== getFieldValue('newPassword')) throw new Error(t('notTheSame'));
              },
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('change')}
        </Button>
      </Form>
    </section>
  );
}
