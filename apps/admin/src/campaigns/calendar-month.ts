import dayjs from 'dayjs';
import type { CampaignSummary } from '../api/campaigns.js';
import { wallClock } from '../components/wall-clock.js';

/** When a campaign began or shall begin; null for one without a date. */
export function beginOf({ status, startedAt, scheduledAt }: CampaignSummary): string | null {
  return startedAt ?? (status === 'scheduled' ? scheduledAt : null);
}

/** `YYYY-MM` of an address, or the present month where it is none. */
export function monthOf(asked: string | null, zone: string): string {
  return /^[2-9]\d{3}-(0[1-9]|1[0-2])$/.test(asked ?? '') ? asked! : todayIn(zone).slice(0, 7);
}

/** The date in a zone, `YYYY-MM-DD`. */
export function todayIn(zone: string): string {
  return wallClock(Date.now(), zone).slice(0, 10);
}

/** The next month, or with -1 the one before. */
export function monthAfter(month: string, step: 1 | -1): string {
  return dayjs(`${month}-01`).add(step, 'month').format('YYYY-MM');
}

/** The weeks that a month touches, as dates; they begin where the reader's language has them begin. */
export function weeksOf(month: string, language: string): string[][] {
  const weekStart = language === 'en' ? 0 : 1;
  const begin = dayjs(`${month}-01`);
  const first = begin.subtract((begin.day() - weekStart + 7) % 7, 'day');
  const weeks: string[][] = [];
  for (let day = first; day.isBefore(begin.endOf('month')); day = day.add(7, 'day'))
    weeks.push(Array.from({ length: 7 }, (_, index) => day.add(index, 'day').format('YYYY-MM-DD')));
  return weeks;
}

/** Instants between which all of these days lie, whatever the zone. */
export function spanOf(weeks: string[][]): { from: string; to: string } {
  const utc = (day: string, add: number) => new Date(Date.parse(`${day}T00:00:00Z`) + add * 86_400_000).toISOString();
  return { from: utc(weeks[0]![0]!, -1), to: utc(weeks.at(-1)![6]!, 2) };
}

/** Campaigns by the day in a zone on which they begin, the earliest first. */
export function byDay(campaigns: CampaignSummary[], zone: string): Map<string, CampaignSummary[]> {
  const days = new Map<string, CampaignSummary[]>();
  const begins = campaigns.flatMap((campaign) => {
    const at = beginOf(campaign);
    return at ? [{ campaign, at: Date.parse(at) }] : [];
  });
  for (const { campaign, at } of begins.sort((a, b) => a.at - b.at)) {
    const day = wallClock(at, zone).slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), campaign]);
  }
  return days;
}
