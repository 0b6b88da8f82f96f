import { useQuery } from '@tanstack/react-query';
import { abTestQuery, letterOf, problemsOf, testsTimes, type Departure } from '../ab-test/index.js';
import { serverNow } from '../api/clock.js';
import { useTimeZone } from '../app/session.js';
import { instantOf } from '../components/wall-clock.js';
import type { CheckItem } from './checklist.js';
import { useDraftContext } from './draft-context.js';

/** When the draft is to leave, as it is chosen on this page. */
export function useDeparture(): Departure {
  const { time } = useDraftContext();
  const own = useTimeZone();
  if (time.kind === 'now') return { at: null, zone: own };
  const at = time.at && !time.ofRecipient ? instantOf(time.at, time.timezone) : null;
  return { at, zone: time.timezone };
}

/** What the time of the campaign and its A/B test have against each other: the server learns the time with the start. */
export function useTimeChecks(): () => CheckItem[] {
  const { campaign, time } = useDraftContext();
  const { data: test } = useQuery(abTestQuery(campaign.id));
  const { at } = useDeparture();
  return () => {
    if (!test) return [];
    const error = (code: string, property: string, params: Record<string, string> = {}): CheckItem => {
      return { code, severity: 'error', property, message: code, params };
    };
    if (time.kind === 'at' && time.ofRecipient) return [error('AB_BY_ZONE', 'time')];
    if (!testsTimes(test)) return [];
    const now = serverNow();
    return problemsOf(test, at ?? now, now).flatMap((problem, index) => {
      const params = { variant: letterOf(index + 1) };
      return problem ? [error(`AB_TIME_${problem.toUpperCase()}`, `abTest.variants.${index}.sendAt`, params)] : [];
    });
  };
}

/** The checks of the server with those of the page, which knows more of the times. */
export function withTimeChecks(items: readonly CheckItem[], ofPage: readonly CheckItem[]): CheckItem[] {
  return [...ofPage, ...items.filter(({ code }) => !code.startsWith('AB_TIME_'))];
}
