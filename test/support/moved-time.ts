import type { BrowserContext } from 'playwright-core';

const DAY_MS = 86_400_000;
/** What happens while a test prepares itself is younger than this when the browser hears of it. */
const FRESH_MS = DAY_MS / 2;

export interface MovedTime {
  /** The instant of the server's clock that the data hangs on; a whole hour. */
  from: Date;
  /** What the browser takes it for. */
  to: Date;
  /** The workspace's zone, in which `from` has the time of day that `to` has in `shownZone`. */
  zone: string;
  shownZone: string;
}

/**
 * Shows a server that lives today as on another day: the browser's clock stands still at `to`, and every time in an
 * answer of the API is moved as far as `from` is from `to`. So today's data has the same dates in every picture, and
 * the server counts "the last 30 days" as it always does. What happened after `from`, which is the preparation of the
 * test itself, is five minutes old, however long it took. The stream of events is shut: nothing changes once a screen is there.
 */
export async function moveTime(context: BrowserContext, time: MovedTime): Promise<void> {
  await context.clock.setFixedTime(time.to);
  const numbers = { from: time.from.getTime(), to: time.to.getTime(), day: DAY_MS, fresh: FRESH_MS };
  await context.addInitScript(moveAnswers, { ...numbers, zone: time.zone, shownZone: time.shownZone });
}

/** The zone in which it is noon now, to the hour: days and hours of a report then begin where they always do. */
export function zoneOfNoon(at: Date): string {
  const ahead = 12 - at.getUTCHours();
  if (ahead === 0) return 'Etc/GMT';
  // Etc has its signs the other way round: Etc/GMT-8 is eight hours ahead (tzdata's file `etcetera`).
  return ahead > 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`;
}

/** Runs in the page before everything else. */
function moveAnswers(time: {
  from: number;
  to: number;
  day: number;
  fresh: number;
  zone: string;
  shownZone: string;
}): void {
  const page = globalThis as any;
  const fetched = page.fetch;
  const { from, to, day, fresh } = time;
  // Noon in both zones, each on the same date as UTC.
  const days = Math.floor(to / day) - Math.floor(from / day);
  const instant = (text: string) => {
    const at = Date.parse(text);
    const isPreparation = at > from && at < from + fresh;
    return new Date(isPreparation ? to - 5 * 60_000 : at - from + to).toISOString();
  };
  // A birthday stays where it is.
  const date = (text: string) => {
    const at = Date.parse(text);
    return Math.abs(at - from) > 800 * day ? text : new Date(at + days * day).toISOString().slice(0, 10);
  };
  const moved = (json: string) =>
    json
      .replace(/(?<=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z(?=")/g, instant)
      .replace(/(?<=")\d{4}-\d\d-\d\d(?=")/g, date)
      .replaceAll(`"${time.zone}"`, `"${time.shownZone}"`);
  page.EventSource = class extends EventTarget {
    close() {}
  };
  page.fetch = async (...call: unknown[]) => {
    const response: Response = await fetched.apply(page, call);
    const { status, statusText } = response;
    const headers = new Headers(response.headers);
    headers.set('date', new Date(to).toUTCString());
    const isJson = headers.get('content-type')?.includes('json') ?? false;
    const body = status === 204 || status === 304 ? null : isJson ? moved(await response.text()) : response.body;
    return new Response(body, { status, statusText, headers });
  };
}
