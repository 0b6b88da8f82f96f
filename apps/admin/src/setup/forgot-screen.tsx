import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { answer, api } from '../api/client.js';
import { problemText } from '../api/problem.js';
import type { BodyOf } from '../api/types.js';
import { EntryPage } from './entry-page.js';

/** What an operator types; the same in every language. */
const COMMAND = 'npm run hongyan -- user:reset-password';

/** Asks for a link to a new password. The answer is the same whoever the address belongs to. */
export default function ForgotScreen() {
  const { t } = useTranslation('setup');
  const { t: problem } = useTranslation('problem');
  const { state } = useLocation() as { state: { email?: string } | null };
  const ask = useMutation({
    mutationFn: (body: BodyOf<'/api/v1/auth/password/forgot', 'post'>) =>
      answer(api.POST('/api/v1/auth/password/forgot', { body })),
  });
  useEffect(() => {
    document.title = t('forgot.documentTitle');
  }, [t]);
  return (
    <EntryPage>
      <h1>{t('forgot.title')}</h1>
      <p className="entry-lead">{t('forgot.lead')}</p>
      {ask.error && (
        <Alert type="error" showIcon role="alert" title={problemText(ask.error, problem).title} className="gap-below" />
      )}
      {ask.isSuccess ? (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('forgot.sent', { email: ask.variables.email })}
          description={
            <>
              {t('forgot.sentHelp')} <code>{COMMAND}</code>
            </>
          }
        />
      ) : (
        <Form
          name="forgot"
          layout="vertical"
          requiredMark={false}
          initialValues={{ email: state?.email }}
          onFinish={ask.mutate}
        >
          <Form.Item name="email" label={t('email')} rules={[{ required: true }, { type: 'email' }]}>
            <Input type="email" autoComplete="username" size="large" autoFocus maxLength={254} />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={ask.isPending}>
            {t('forgot.submit')}
          </Button>
        </Form>
      )}
      <p className="entry-hint">
        <Link to="/login">{t('forgot.back')}</Link>
      </p>
    </EntryPage>
  );
}
