import { useMutation } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { answer, api } from '../api/client.js';
import { problemText } from '../api/problem.js';
import { answerSignIn } from '../api/sign-in-again.js';
import { adoptSession, useSession } from './session.js';

const FORM = 'sign-in-again';

/** Asks for the password of whose session has ended, and tells those who wait. */
export default function SignInDialog() {
  const { t } = useTranslation('app');
  const { t: problem } = useTranslation('problem');
  const { user } = useSession();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const login = useMutation({
    mutationFn: ({ password }: { password: string }) =>
      answer(api.POST('/api/v1/auth/login', { body: { email: user.email, password } })),
    onSuccess: (me) => {
      adoptSession(me);
      answerSignIn(true);
    },
  });
  useSignedInElsewhere(user.id);
  return (
    <Modal
      open
      title={t('expired.title')}
      okText={t('expired.submit')}
      cancelText={t('expired.leave')}
      // The button of the form, so that Enter presses it.
      okButtonProps={{ htmlType: 'submit', form: FORM }}
      // The leave guard of the page still has its say.
      onCancel={() => void navigate(`/login?next=${encodeURIComponent(pathname + search)}`)}
      confirmLoading={login.isPending}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      width={420}
    >
      <p className="quiet">{t('expired.text')}</p>
      {login.error && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={problemText(login.error, problem).title}
          className="gap-below"
        />
      )}
      <Form name={FORM} layout="vertical" requiredMark={false} onFinish={login.mutate}>
        <Form.Item label={t('expired.email')}>
          <Input id={`${FORM}_email`} type="email" autoComplete="username" value={user.email} readOnly />
        </Form.Item>
        <Form.Item name="password" label={t('expired.password')} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" maxLength={200} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Somebody with several tabs signs in once: the others notice when they are looked at. */
function useSignedInElsewhere(userId: string): void {
  useEffect(() => {
    const look = async () => {
      const me = await answer(api.GET('/api/v1/auth/me')).catch(() => null);
      if (me?.user.id === userId) answerSignIn(true);
    };
    const onFocus = () => void look();
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [userId]);
}
