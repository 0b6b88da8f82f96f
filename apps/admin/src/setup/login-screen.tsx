import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { answer, api } from '../api/client.js';
import { problemText } from '../api/problem.js';
import type { BodyOf } from '../api/types.js';
import { adoptSession, dropSession } from '../app/session.js';
import { EntryPage } from './entry-page.js';

/** Signing in; then back to where one wanted to go (`?next=`). */
export default function LoginScreen() {
  const { t } = useTranslation('setup');
  const { t: problem } = useTranslation('problem');
  const navigate = useNavigate();
  const left = useEnd();
  const [params] = useSearchParams();
  const [form] = Form.useForm<BodyOf<'/api/v1/auth/login', 'post'>>();
  const changed = useLocation().state?.passwordChanged === true;
  const login = useMutation({
    mutationFn: async (body: BodyOf<'/api/v1/auth/login', 'post'>) => {
      await left.current;
      return answer(api.POST('/api/v1/auth/login', { body }));
    },
    onSuccess: (me) => {
      adoptSession(me);
      void navigate(safeNext(params.get('next')), { replace: true });
    },
  });
  useEffect(() => {
    document.title = t('login.documentTitle');
  }, [t]);
  return (
    <EntryPage>
      <h1>{t('login.title')}</h1>
      <p className="entry-lead">{t('login.lead')}</p>
      {changed && !login.error && (
        <Alert type="success" showIcon role="status" title={t('reset.done')} className="gap-below" />
      )}
      {login.error && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={problemText(login.error, problem).title}
          className="gap-below"
        />
      )}
      <Form name="login" form={form} layout="vertical" requiredMark={false} onFinish={(values) => login.mutate(values)}>
        <Form.Item name="email" label={t('email')} rules={[{ required: true }]}>
          <Input type="email" autoComplete="username" size="large" autoFocus maxLength={254} />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" size="large" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={login.isPending}>
          {t('login.submit')}
        </Button>
      </Form>
      <p className="entry-hint">
        <Link
          to="/forgot"
          onClick={(event) => {
            // What was typed already need not be typed again.
            event.preventDefault();
            void navigate('/forgot', { state: { email: form.getFieldValue('email') as unknown } });
          }}
        >
          {t('login.forgot')}
        </Link>
      </p>
    </EntryPage>
  );
}

/**
 * Whoever comes here has left the session's pages, so nothing of it stays in this browser. By "Sign out" it ends on the
 * server too; the promise is kept when that is done, well or badly, so that it can't end the next session.
 */
function useEnd(): RefObject<Promise<unknown> | null> {
  const { state } = useLocation() as { state: { signOut?: boolean } | null };
  const navigate = useNavigate();
  const ending = useRef<Promise<unknown> | null>(null);
  const signOut = state?.signOut === true;
  useEffect(() => {
    dropSession();
    if (!signOut || ending.current) return;
    ending.current = answer(api.POST('/api/v1/auth/logout')).catch(() => undefined);
    // A reload of this page is not a second wish to sign out.
    void navigate('/login', { replace: true });
  }, [signOut, navigate]);
  return ending;
}

/** Only a path of ours: never another origin. */
function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}
