import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { meQuery, useSession } from '../app/session.js';
import { LocaleSelect, TimeZoneSelect } from '../components/locale-fields.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useFormSave } from '../components/use-form-save.js';
import { UtmDefaults } from '../utm/index.js';
import { NewWorkspace } from './new-workspace.js';

/** Name, postal address, language, time zone and undo window of the current workspace. */
export default function WorkspaceScreen() {
  const { t } = useTranslation('settings');
  const { workspace } = useSession();
  const [params, setParams] = useSearchParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['workspaces', workspace.id],
    queryFn: async () => {
      const { items } = await answer(api.GET('/api/v1/workspaces', { params: { query: { limit: 200 } } }));
      return items.find(({ id }) => id === workspace.id) ?? items[0]!;
    },
  });
  return (
    <>
      <PageHeader
        title={t('workspace.title')}
        description={t('workspace.description')}
        actions={
          <Button icon={<PlusOutlined />} onClick={() => setParams({ new: '1' })}>
            {t('workspace.new')}
          </Button>
        }
      />
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton active paragraph={{ rows: 8 }} className="panel form-panel" />}
      {data && <WorkspaceForm key={data.version} workspace={data} />}
      <NewWorkspace open={params.get('new') === '1'} onClose={() => setParams({}, { replace: true })} />
    </>
  );
}

function WorkspaceForm({ workspace }: { workspace: Resource<'Workspace'> }) {
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<Resource<'Workspace'>>();
  const { busy, save } = useFormSave(form, t('saved'), async (values: Partial<Resource<'Workspace'>>) => {
    const fresh = await answer(
      api.PATCH('/api/v1/workspaces/{id}', {
        params: { path: { id: workspace.id } },
        body: { ...values, version: workspace.version },
      }),
    );
    queryClient.setQueryData(['workspaces', workspace.id], fresh);
    await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  });
  return (
    <section className="panel form-panel">
      <Form name="workspace" form={form} layout="vertical" initialValues={workspace} onFinish={save}>
        <Form.Item name="name" label={t('workspace.name')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={100} autoComplete="organization" />
        </Form.Item>
        <Form.Item name="postalAddress" label={t('workspace.postalAddress')} extra={t('workspace.postalAddressHelp')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <div className="form-row">
          <Form.Item name="locale" label={t('workspace.locale')} extra={t('workspace.localeHelp')}>
            <LocaleSelect />
          </Form.Item>
          <Form.Item name="timezone" label={t('workspace.timezone')} extra={t('workspace.timezoneHelp')}>
            <TimeZoneSelect />
          </Form.Item>
        </div>
        <Form.Item name="undoSeconds" label={t('workspace.undoSeconds')} extra={t('workspace.undoSecondsHelp')}>
          <InputNumber min={0} max={60} precision={0} suffix={t('workspace.seconds')} style={{ width: 160 }} />
        </Form.Item>
        <Form.Item name="utm" label={t('workspace.utm')} extra={t('workspace.utmHelp')} htmlFor="utm-defaults">
          <UtmDefaults />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('save')}
        </Button>
      </Form>
    </section>
  );
}
