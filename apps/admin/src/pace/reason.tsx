import { useTranslation } from 'react-i18next';
import { useTimeZone } from '../app/session.js';
import { useProviderName } from '../words/index.js';
import type { ProviderPace } from './pace-query.js';

const HALF_DAY_MS = 43_200_000;

/** Hour and minute of an instant on the user's clock, with the day where it is not about now. */
export function useClock(): (at: string) => string {
  const { i18n } = useTranslation();
  const timeZone = useTimeZone();
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const format = new Intl.DateTimeFormat(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone,
  });
  return (at) => (Math.abs(Date.parse(at) - Date.now()) > HALF_DAY_MS ? day : format).format(new Date(at));
}

/** A provider's name, or the domain that is paced by itself. */
export function useUnitName(): (pace: Pick<ProviderPace, 'provider' | 'domain'>) => string {
  const nameOf = useProviderName();
  return ({ provider, domain }) => domain ?? nameOf(provider);
}

/** Chinese sets no space between its words, but one after Latin letters. */
function inSentence(name: string): string {
  return /[a-z0-9]$/i.test(name) ? `${name} ` : name;
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
      <span>{t(`event.${event.code}`, { time: clock(event.at), provider: inSentence(nameOf(pace)), number })}</span>
      {said && (
        <code className="pace-said" title={t('said')}>
          {said}
        </code>
      )}
    </div>
  );
}
