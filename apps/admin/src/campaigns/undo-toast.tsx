import { App, Button, Progress } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../api/clock.js';
import { useCampaignActions } from '../actions/index.js';
import type { Campaign } from './draft.js';

/** Seconds until an instant of the server's clock, counted down on the page; 0 afterwards. */
export function useSecondsUntil(at: number): number {
  const [now, setNow] = useState(serverNow);
  const left = Math.max(0, Math.ceil((at - now) / 1_000));
  const over = left === 0;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => setNow(serverNow()), 250);
    return () => clearInterval(timer);
  }, [over]);
  return left;
}

/** `show(campaign, seconds)`: a notice that stays on every screen until the window is over, with the way back. */
export function useUndoToast(): (campaign: Campaign, seconds: number) => void {
  const { t } = useTranslation('campaigns');
  const { notification } = App.useApp();
  const actions = useCampaignActions();
  return useCallback(
    (campaign, seconds) => {
      const key = `undo-${campaign.id}`;
      const undo = async () => {
        notification.destroy(key);
        await actions.unschedule(campaign);
      };
      notification.open({
        key,
        placement: 'bottomRight',
        title: t('undo.title', { name: campaign.name }),
        description: <Countdown at={Date.parse(campaign.scheduledAt ?? '') || serverNow()} seconds={seconds} />,
        actions: (
          <Button type="primary" onClick={() => void undo()}>
            {t('undo.button')}
          </Button>
        ),
        duration: seconds,
        pauseOnHover: false,
      });
    },
    [t, notification, actions],
  );
}

function Countdown({ at, seconds }: { at: number; seconds: number }) {
  const { t } = useTranslation('campaigns');
  // The server's time is known to a second: nobody shall read eleven of ten.
  const left = Math.min(seconds, useSecondsUntil(at));
  return (
    <>
      <span aria-live="polite">{t('undo.left', { count: left })}</span>
      <Progress percent={(left / seconds) * 100} showInfo={false} size="small" aria-hidden="true" />
    </>
  );
}
