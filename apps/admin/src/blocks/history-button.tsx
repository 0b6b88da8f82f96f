import { HistoryOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryProps } from './history-drawer.js';

const HistoryDrawer = lazy(() => import('./history-drawer.js'));

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
