import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../api/types.js';

export type Cleaning = Resource<'Cleaning'>;

const TONES: Record<Cleaning['status'], string> = {
  queued: 'default',
  judging: 'processing',
  ready: 'warning',
  applying: 'processing',
  applied: 'success',
  undoing: 'processing',
  undone: 'default',
  cancelled: 'default',
  failed: 'error',
};

export const isMoving = (status: Cleaning['status'] | undefined) =>
  status === 'queued' || status === 'judging' || status === 'applying' || status === 'undoing';

/** How far a cleaning is, in words. */
export function CleaningStatus({ status }: { status: Cleaning['status'] }) {
  const { t } = useTranslation('cleaning');
  return (
    <Tag color={TONES[status]} className="status-tag">
      {t(`status.${status}`)}
    </Tag>
  );
}
