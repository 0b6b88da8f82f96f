import { useTranslation } from 'react-i18next';
import type { AccountPace } from './pace-query.js';
import { useClock } from './reason.js';

/** A second's limit is not worth telling: only who looks at a used-up minute, hour or day wants to know until when. */
const WORTH_TELLING_MS = 5_000;

/** What keeps a whole channel from sending, in plain words: it fails, its warm-up has stopped, its limit is used up. */
export function useHoldUps(): (account: AccountPace) => { failing?: string; stopped?: string; usedUp?: string } {
  const { t, i18n } = useTranslation('pace');
  const clock = useClock();
  const number = new Intl.NumberFormat(i18n.language);
  return ({ health, retryAt, nextAt, warmupState }) => {
    const stop = warmupState?.stopped;
    return {
      ...(health === 'failing' && retryAt ? { failing: t('failing', { time: clock(retryAt) }) } : {}),
      ...(stop
        ? {
            stopped: t(`warmupStopped.${stop.code}`, {
              time: clock(stop.at),
              count: stop.count,
              of: number.format(stop.of),
            }),
          }
        : {}),
      ...(nextAt && Date.parse(nextAt) - Date.now() > WORTH_TELLING_MS
        ? { usedUp: t('nextAllowed', { time: clock(nextAt) }) }
        : {}),
    };
  };
}
