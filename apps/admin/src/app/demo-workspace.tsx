import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { setWorkspaceId } from '../api/workspace.js';
import { currentLocale } from '../i18n/i18n.js';

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
