import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../app/session.js';
import { useProviderName } from '../words/index.js';
import type { ProviderPace } from './pace-query.js';

/** Hour and minute of an instant on the user's clock. */
export function useClock(): (at: string) => string {
  const { i18n } = useTranslation();
  const timeZone = useTimeZone();
  const format = new Intl.DateTimeFormat(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone,
  });
  return (at) => format.format(new Date(at));
}

/** A provider's name, or the domain that is paced by itself. */
export function useUnitName(): (pace: Pick<ProviderPace, 'provider' | 'domain'>) => string {
  const nameOf = useProviderName();
  return ({ provider, domain }) => domain ?? nameOf(provider);
}

/** The newest thing that happened to a pace, in plain words, with the server's own. */
export function Reason({ pace }: { pace: ProviderPace }) {
  const { t, i18n } = useTranslation('pace');
  const clock = useClock();
  const nameOf = useUnitName();
  const event = pace.events[0];
  if (!event) return null;
  const number = new Intl.NumberFormat(i18n.language).format(event.perMinute ?? 0);
  // Words of an earlier complaint still tell why it is slow while it gets faster.
  const said = pace.perMinute === null ? null : (pace.events.find((each) => each.said)?.said ?? null);
  return (
    <div className="pace-reason">
      <span>{t(`event.${event.code}`, { time: clock(event.at), provider: nameOf(pace), number })}</span>
      {said && (
        <code className="pace-said" title={t('said')}>
          {said}
        </code>
      )}
    </div>
  );
}
