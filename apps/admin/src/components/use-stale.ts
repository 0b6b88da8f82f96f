import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.js';

/** The state a stale write missed, or null when the failure is another. */
export function staleCurrent<T extends { version: number }>(error: unknown): T | null {
  if (!(error instanceof ApiError) || error.code !== 'STALE_VERSION') return null;
  const current = error.current as Partial<T> | undefined;
  return typeof current?.version === 'number' ? (current as T) : null;
}

/** Asks whose words shall stand when someone else saved first: `true` overwrites, `false` takes theirs. */
export function useAskOverwrite(): () => Promise<boolean> {
  const { t } = useTranslation('components');
  const { modal } = App.useApp();
  return () =>
    new Promise((resolve) => {
      modal.confirm({
        title: t('stale.question'),
        content: t('stale.text'),
        okText: t('stale.overwrite'),
        cancelText: t('stale.theirs'),
        onOk: () => resolve(true),
        onCancel: () => resolve(false),
      });
    });
}
