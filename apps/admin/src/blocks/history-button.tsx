import { HistoryOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';

const HistoryDrawer = lazy(() => import('./history-drawer.js'));

export interface HistoryProps {
  /** Where earlier states are to be had: `/api/v1/templates/7/revisions`. */
  path: string;
  /** Goes back to one of them. */
  onRestore: (revisionId: string) => Promise<void>;
}

/** Opens the earlier versions of a mail, whichever way it is written. */
export default function HistoryButton(props: HistoryProps) {
  const { t } = useTranslation('blocks');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Tooltip title={t('history.title')}>
        <Button icon={<HistoryOutlined />} aria-label={t('history.title')} onClick={() => setOpen(true)} />
      </Tooltip>
      <Suspense>{open && <HistoryDrawer {...props} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
