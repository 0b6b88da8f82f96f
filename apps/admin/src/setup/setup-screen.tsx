import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Skeleton, Steps } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { problemText, useReport } from '../api/problem.js';
import type { BodyOf } from '../api/types.js';
import { adoptSession } from '../app/session.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { currentLocale, switchLocale } from '../i18n/i18n.js';
import { EntryPage } from './entry-page.js';
import { AccountFields, CompanyFields, ACCOUNT_FIELDS } from './setup-fields.js';
import { FirstSteps } from './first-steps.js';

type SetupBody = BodyOf<'/api/v1/setup', 'post'>;

/** First start: the owner's account, the company, and where to go next. Open only until it has been done once. */
export default function SetupScreen() {
  const { t } = useTranslation('setup');
  const [step, setStep] = useState(0);
  const state = useQuery({ queryKey: ['setup'], queryFn: () => answer(api.GET('/api/v1/setup')) });
  useEffect(() => {
    document.title = t('documentTitle');
  }, [t]);
  const titles = [t('steps.account'), t('steps.company'), t('steps.start')];
  return (
    <EntryPage wide>
      <h1>{t('title')}</h1>
      <p className="entry-lead">{t('lead')}</p>
      {state.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {state.error && <ProblemAlert error={state.error} onRetry={() => void state.refetch()} />}
      {state.data && !state.data.required && step < 2 && (
        <Alert type="info" showIcon title={t('done.title')} action={<Link to="/login">{t('done.login')}</Link>} />
      )}
      {state.data && (state.data.required || step === 2) && (
        <>
          <Steps current={step} size="small" className="entry-steps" items={titles.map((title) => ({ title }))} />
          {step < 2 ? <SetupForm step={step} onStep={setStep} /> : <FirstSteps />}
        </>
      )}
    </EntryPage>
  );
}

function SetupForm({ step, onStep }: { step: number; onStep: (step: number) => void }) {
  const { t } = useTranslation('setup');
  const { t: problem } = useTranslation('problem');
  const [params] = useSearchParams();
  const [form] = Form.useForm<SetupBody>();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const report = useReport();
  const token = params.get('token');

  const submit = async () => {
    setBusy(true);
    setRefused(null);
    const values = form.getFieldsValue(true) as SetupBody;
    try {
      adoptSession(await answer(api.POST('/api/v1/setup', { body: { ...values, token: token ?? values.token } })));
      onStep(2);
    } catch (error) {
      if (error instanceof ApiError && error.errors.some((one) => ACCOUNT_FIELDS.includes(one.property))) onStep(0);
      if (error instanceof ApiError && error.errors.length === 0) setRefused(error);
      else setTimeout(() => report(error, form));
    } finally {
      setBusy(false);
    }
  };
  const forward = () => (step === 0 ? onStep(1) : void submit());
  return (
    <Form<SetupBody>
      name="setup"
      form={form}
      layout="vertical"
      initialValues={{ locale: currentLocale(), timezone: Intl.DateTimeFormat().resolvedOptions().timeZone }}
      onValuesChange={(changed) => changed.locale && switchLocale(changed.locale)}
      onFinish={forward}
    >
      {refused && (
        <Alert type="error" showIcon role="alert" title={problemText(refused, problem).title} className="gap-below" />
      )}
      {step === 0 ? <AccountFields askToken={!token} /> : <CompanyFields />}
      <div className="entry-actions">
        {step === 1 && <Button onClick={() => onStep(0)}>{t('back')}</Button>}
        <Button type="primary" htmlType="submit" loading={busy}>
          {step === 0 ? t('next') : t('create')}
        </Button>
      </div>
    </Form>
  );
}
