import { Alert, App } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { setWorkspaceId } from '../api/workspace.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { currentLocale } from '../i18n/i18n.js';
import { useSession } from './session.js';

/** Makes a workspace of invented data, which takes some seconds, and opens it. */
export function useOpenDemo(): () => Promise<void> {
  const { t } = useTranslation('app');
  const { message } = App.useApp();
  const report = useReport();
  return async () => {
    const done = message.loading(t('demo.making'), 0);
    try {
      const { id } = await answer(api.POST('/api/v1/workspaces/demo', { body: { locale: currentLocale() } }));
      setWorkspaceId(id);
      window.location.assign('/');
    } catch (error) {
      report(error);
    } finally {
      done();
    }
  };
}

/** Says on every screen of the demo that nothing here is real, with the one click that removes all of it. */
export function DemoNotice() {
  const { t } = useTranslation('app');
  const { workspace, workspaces } = useSession();
  if (!workspace.demo) return null;
  const remove = async () => {
    await answer(api.DELETE('/api/v1/workspaces/{id}', { params: { path: { id: workspace.id } } }));
    setWorkspaceId(workspaces.find(({ id }) => id !== workspace.id)?.id ?? null);
    window.location.assign('/');
  };
  return (
    <Alert
      type="info"
      showIcon
      className="gap-below"
      title={t('demo.notice')}
      action={
        <ConfirmButton
          size="small"
          question={t('demo.removeQuestion')}
          consequence={t('demo.removeText')}
          confirm={t('demo.remove')}
          onConfirm={remove}
        >
          {t('demo.remove')}
        </ConfirmButton>
      }
    />
  );
}
