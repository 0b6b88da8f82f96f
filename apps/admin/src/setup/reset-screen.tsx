import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { ApiError } from '../api/api-error.js';
import { answer, api } from '../api/client.js';
import { fieldText, problemText } from '../api/problem.js';
import { dropSession } from '../app/session.js';
import { EntryPage } from './entry-page.js';

/** Sets a new password by the link of a mail; its token stands behind the `#`, so that no server but ours gets it. */
export default function ResetScreen() {
  const { t } = useTranslation('setup');
  const navigate = useNavigate();
  const token = useToken();
  const reset = useMutation({
    mutationFn: ({ password }: { password: string }) =>
      answer(api.POST('/api/v1/auth/password/reset', { body: { token, password } })),
    onSuccess: () => {
      // Every session has ended, the one of this browser too.
      dropSession();
      void navigate('/login', { replace: true, state: { passwordChanged: true } });
    },
  });
  useEffect(() => {
    document.title = t('reset.documentTitle');
  }, [t]);
  return (
    <EntryPage>
      <h1>{t('reset.title')}</h1>
      <p className="entry-lead">{t('reset.lead')}</p>
      {token.length < 10 ? (
        <Alert type="warning" showIcon title={t('reset.noToken')} />
      ) : (
        <>
          {reset.error && <Refusal error={reset.error} />}
          <ResetForm busy={reset.isPending} onDone={reset.mutate} />
        </>
      )}
      <p className="entry-hint">
        <Link to="/forgot">{t('reset.again')}</Link>
      </p>
    </EntryPage>
  );
}

/** Taken out of the address at once: it must not stay in the history, nor on a screen that somebody shares. */
function useToken(): string {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [token] = useState(() => hash.slice(1));
  useEffect(() => {
    if (hash) void navigate('/reset', { replace: true });
  }, [hash, navigate]);
  return token;
}

function Refusal({ error }: { error: Error }) {
  const { t: problem } = useTranslation('problem');
  const field = error instanceof ApiError ? error.errors[0] : undefined;
  const title = field ? fieldText(field, problem) : problemText(error, problem).title;
  return <Alert type="error" showIcon role="alert" title={title} className="gap-below" />;
}

function ResetForm({ busy, onDone }: { busy: boolean; onDone: (values: { password: string }) => void }) {
  const { t } = useTranslation('setup');
  return (
    <Form name="reset" layout="vertical" requiredMark={false} onFinish={onDone}>
      <Form.Item
        name="password"
        label={t('reset.password')}
        extra={t('passwordHelp')}
        rules={[{ required: true }, { min: 10 }]}
      >
        <Input.Password autoComplete="new-password" size="large" autoFocus maxLength={200} />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={t('reset.repeated')}
        dependencies={['password']}
        rules={[
          { required: true },
          ({ getFieldValue }) => ({
            validator: async (_, value) => {
              if (value && value !== getFieldValue('password')) throw new Error(t('reset.notTheSame'));
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" size="large" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('reset.submit')}
      </Button>
    </Form>
  );
}
