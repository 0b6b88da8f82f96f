import { useQuery } from '@tanstack/react-query';
import { Button, Form, InputNumber, Select, Skeleton, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { listsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { PageHeader } from '../components/page-header.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useFormSave } from '../components/use-form-save.js';
import './cleaning.css';
import { SunsetScheduleSection } from './sunset-schedule.js';

type Rule = Resource<'SunsetRule'>;

/** Who got many mails and stays silent: the rule, asking them once more, and suppressing who stays silent then. */
export default function SunsetScreen() {
  const { t } = useTranslation('cleaning');
  const { data, error, refetch } = useQuery({
    queryKey: ['sunset'],
    queryFn: () => answer(api.GET('/api/v1/sunset')),
  });
  if (error && !data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 6 }} />;
  return (
    <>
      <PageHeader
        title={t('sunset.title')}
        description={t('sunset.description')}
        back={{ to: '/lists', label: t('lists') }}
      />
      <RuleForm rule={data} />
      {data.enabled && <Stages rule={data} />}
      {data.enabled && <SunsetScheduleSection />}
    </>
  );
}

function RuleForm({ rule }: { rule: Rule }) {
  const { t } = useTranslation('cleaning');
  const [form] = Form.useForm<Rule>();
  const { busy, save } = useFormSave(form, t('sunset.saved'), async (body: Rule) => {
    queryClient.setQueryData(['sunset'], await answer(api.PUT('/api/v1/sunset', { body })));
  });
  return (
    <section className="panel gap-below">
      <h2>{t('sunset.rule')}</h2>
      <Form<Rule> name="sunset" form={form} layout="vertical" initialValues={rule} onFinish={save}>
        <Form.Item name="enabled" label={t('sunset.enabled')} extra={t('sunset.enabledHelp')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="mails" label={t('sunset.mails')} rules={[{ required: true }]}>
          <InputNumber min={3} max={1000} precision={0} />
        </Form.Item>
        <Form.Item name="days" label={t('sunset.days')} extra={t('sunset.daysHelp')} rules={[{ required: true }]}>
          <InputNumber min={7} max={3650} precision={0} />
        </Form.Item>
        <Form.Item
          name="graceDays"
          label={t('sunset.graceDays')}
          extra={t('sunset.graceHelp')}
          rules={[{ required: true }]}
        >
          <InputNumber min={1} max={365} precision={0} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('sunset.save')}
        </Button>
      </Form>
    </section>
  );
}

function Stages({ rule }: { rule: Rule }) {
  const { t } = useTranslation('cleaning');
  const lists = useQuery(listsQuery).data ?? [];
  const navigate = useNavigate();
  const report = useReport();
  const [listId, setListId] = useState<string>();
  const [busy, setBusy] = useState<'invite' | 'suppress' | null>(null);
  const start = async (stage: 'invite' | 'suppress') => {
    if (!listId) return;
    setBusy(stage);
    try {
      const path = { params: { path: { id: listId } } };
      const { id } = await answer(api.POST('/api/v1/lists/{id}/sunset', { ...path, body: { stage } }));
      await navigate(`/cleanings/${id}`);
    } catch (error) {
      report(error);
    } finally {
      setBusy(null);
    }
  };
  return (
    <section className="panel">
      <h2>{t('sunset.stages')}</h2>
      <label htmlFor="sunset-list">{t('sunset.list')}</label>
      <p className="quiet small no-margin">{t('sunset.listHelp')}</p>
      <Select
        id="sunset-list"
        className="sunset-list"
        value={listId}
        placeholder={t('sunset.listChoose')}
        notFoundContent={t('sunset.noLists')}
        showSearch={{ optionFilterProp: 'label' }}
        options={lists.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setListId}
      />
      <ol className="sunset-stages">
        <li>
          <p className="no-margin">{t('sunset.invite', { mails: rule.mails, days: rule.days })}</p>
          <Button disabled={!listId} loading={busy === 'invite'} onClick={() => void start('invite')}>
            {t('sunset.inviteButton')}
          </Button>
        </li>
        <li>
          <p className="no-margin">{t('sunset.send')}</p>
        </li>
        <li>
          <p className="no-margin">{t('sunset.suppress', { days: rule.graceDays })}</p>
          <Button disabled={!listId} loading={busy === 'suppress'} onClick={() => void start('suppress')}>
            {t('sunset.suppressButton')}
          </Button>
        </li>
      </ol>
    </section>
  );
}
