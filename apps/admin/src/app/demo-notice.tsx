import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api/client.js';
import { setWorkspaceId } from '../api/workspace.js';
import { ConfirmButton } from '../components/confirm-button.js';
import { useSession } from './session.js';

/** Says on every screen of the demo that nothing here is real, with the one click that removes all of it. */
export default function DemoNotice() {
  const { t } = useTranslation('app');
  const { workspace, workspaces } = useSession();
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
