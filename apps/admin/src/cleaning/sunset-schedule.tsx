import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, InputNumber, Select, Skeleton, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import { listsQuery } from '../api/reference.js';
import type { Resource } from '../api/types.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Instant } from '../components/relative-time.js';
import { useFormSave } from '../components/use-form-save.js';
import { CleaningStatus, type Cleaning } from './cleaning-status.js';

type Schedule = Resource<'SunsetSchedule'>;
type Body = Resource<'SunsetScheduleBody'>;

const RELOAD_MS = 10_000;

/** The stages by themselves, every so many days, and what they did. */
export function SunsetScheduleSection() {
  const { t } = useTranslation('cleaning');
  const { data, error, refetch } = useQuery({
    queryKey: ['sunset', 'schedule'],
    queryFn: () => answer(api.GET('/api/v1/sunset/schedule')),
    refetchInterval: RELOAD_MS,
  });
  return (
    <section className="panel sunset-schedule">
      <h2>{t('schedule.title')}</h2>
      <p className="quiet">{t('schedule.text')}</p>
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton active paragraph={{ rows: 4 }} />}
      {data && (
        <>
          <ScheduleForm schedule={data} />
          <Runs schedule={data} />
        </>
      )}
    </section>
  );
}

function ScheduleForm({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation('cleaning');
  const [form] = Form.useForm<Body>();
  const enabled = Form.useWatch('enabled', form);
  const lists = useQuery(listsQuery).data ?? [];
  const { everyDays, listId, stages } = schedule;
  const { busy, save } = useFormSave(form, t('sunset.saved'), async (values: Body) => {
    const body = { ...values, listId: values.listId ?? null };
    queryClient.setQueryData(['sunset', 'schedule'], await answer(api.PUT('/api/v1/sunset/schedule', { body })));
  });
  return (
    <Form<Body>
      name="sunset-schedule"
      form={form}
      layout="vertical"
      initialValues={{ enabled: schedule.enabled, everyDays, listId, stages }}
      onFinish={save}
    >
      <Form.Item name="enabled" label={t('schedule.enabled')} extra={t('schedule.enabledHelp')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="everyDays" label={t('schedule.everyDays')} rules={[{ required: true }]}>
        <InputNumber min={1} max={365} precision={0} />
      </Form.Item>
      <Form.Item name="listId" label={t('sunset.list')} rules={[{ required: enabled === true }]}>
        <Select
          className="sunset-list"
          allowClear
          placeholder={t('sunset.listChoose')}
          notFoundContent={t('sunset.noLists')}
          showSearch={{ optionFilterProp: 'label' }}
          options={lists.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="stages" label={t('schedule.stages')}>
        <Checkbox.Group
          options={(['invite', 'suppress'] as const).map((value) => ({ value, label: t(`schedule.stage.${value}`) }))}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('sunset.save')}
      </Button>
    </Form>
  );
}

/** How many it put on the list, or suppressed. */
function Done({ run: { kind, done } }: { run: Cleaning }) {
  const { t } = useTranslation('cleaning');
  const [name, count] = kind === 'invite' ? ['invited', done.invited] : ['suppressed', done.suppressed];
  return <span className="quiet">{count > 0 ? t(`done.${name}`, { count }) : t('schedule.nobody')} </span>;
}

function Runs({ schedule: { nextAt, lastAt, runs } }: { schedule: Schedule }) {
  const { t } = useTranslation('cleaning');
  return (
    <div className="sunset-runs">
      <h3>{t('schedule.runs')}</h3>
      <p className="quiet">
        {lastAt ? t('schedule.last') : t('schedule.never')} {lastAt && <Instant at={lastAt} />}
        {nextAt && (
          <>
            {' · '}
            {t('schedule.next')} <Instant at={nextAt} />
          </>
        )}
      </p>
      {runs.length > 0 && (
        <ul className="plain-list divided">
          {runs.map((run) => (
            <li key={run.id} className="spread">
              <Link to={`/cleanings/${run.id}`}>
                {t(`kindName.${run.kind}`)} · <Instant at={run.createdAt} />
              </Link>
              <span>
                {run.status === 'applied' && <Done run={run} />}
                <CleaningStatus status={run.status} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
