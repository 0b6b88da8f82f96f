import { CheckCircleOutlined, CloudSyncOutlined, DisconnectOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { SaveState } from './use-autosave.js';

const ICONS = {
  saved: <CheckCircleOutlined aria-hidden="true" />,
  dirty: <CloudSyncOutlined aria-hidden="true" />,
  saving: <CloudSyncOutlined aria-hidden="true" />,
  offline: <DisconnectOutlined aria-hidden="true" />,
  failed: <WarningOutlined aria-hidden="true" />,
  refused: <WarningOutlined aria-hidden="true" />,
};

/** Whether what stands here has reached the server; read out when it changes. */
export function SaveStateText({ state }: { state: SaveState }) {
  const { t } = useTranslation('components');
  return (
    <span className="save-state quiet" data-state={state} aria-live="polite">
      {ICONS[state]} <span>{t(`saveState.${state}`)}</span>
    </span>
  );
}
