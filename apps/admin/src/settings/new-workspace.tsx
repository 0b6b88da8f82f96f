import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import type { BodyOf } from '../api/types.js';
import { setWorkspaceId } from '../api/workspace.js';
import { FormDrawer } from '../components/form-drawer.js';
import { LocaleSelect, TimeZoneSelect, browserTimeZone } from '../components/locale-fields.js';
import { currentLocale } from '../i18n/i18n.js';

type Body = BodyOf<'/api/v1/workspaces', 'post'>;

/** Another brand with contacts, campaigns and settings of its own; the page opens in it afterwards. */
export function NewWorkspace({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<Body>();
  const create = async (body: Body) => {
    const { id } = await answer(api.POST('/api/v1/workspaces', { body }));
    setWorkspaceId(id);
    window.location.assign('/');
  };
  return (
    <FormDrawer<Body>
      name="new-workspace"
      title={t('workspace.new')}
      open={open}
      onClose={onClose}
      form={form}
      initialValues={{ locale: currentLocale(), timezone: browserTimeZone() }}
      submitLabel={t('workspace.create')}
      onSubmit={create}
    >
      <Form.Item name="name" label={t('workspace.name')} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="postalAddress" label={t('workspace.postalAddress')} extra={t('workspace.postalAddressHelp')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="locale" label={t('workspace.locale')}>
        <LocaleSelect />
      </Form.Item>
      <Form.Item name="timezone" label={t('workspace.timezone')}>
        <TimeZoneSelect />
      </Form.Item>
    </FormDrawer>
  );
}
