import type { z } from 'zod';
import { EXCLUSION_REASONS } from '#contracts';
import type { CampaignReport, ExclusionReason } from '#contracts';
import { recipientCounts } from './campaign-counts.js';
import { cellsOf } from './report-cells.js';
import type { ReportCell } from './report-cells.js';
import { sumOf } from './rollup/cells.js';

type Report = z.infer<typeof CampaignReport>;

/** Excluded candidates by reason, in the order in which reasons are tried. */
export function exclusionsOf(cells: readonly ReportCell[]): Report['exclusions'] {
  const counts = [...cellsOf(cells, 'exclusion')].map(([reason, [count = 0]]) => ({
    reason: reason as ExclusionReason,
    count,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .sort((a, b) => EXCLUSION_REASONS.indexOf(a.reason) - EXCLUSION_REASONS.indexOf(b.reason));
}

/** The mailbox providers, the largest first. */
export function providersOf(cells: readonly ReportCell[]): Report['providers'] {
  return [...cellsOf(cells, 'provider')]
    .map(([provider, n]) => ({ provider, ...groupCounts(n) }))
    .filter(({ prepared }) => prepared > 0)
    .sort((a, b) => b.prepared - a.prepared || (a.provider < b.provider ? -1 : 1));
}

/** What tables of groups show of each. */
export function groupCounts(n: readonly number[]) {
  const { prepared, accepted, rejected, expired, bounced, opened, clicked, replied, unsubscribed, complained, ...any } =
    recipientCounts(n);
  const { openedByAny, clickedByAny } = any;
  const acted = { opened, clicked, openedByAny, clickedByAny, replied, unsubscribed, complained };
  return { prepared, accepted, rejected, expired, bounced, ...acted };
}

/**
 * Why messages did not arrive: refusals in the session, bounces that came later, and those that never were accepted
 * before the deadline. The counts add up to the numerator of the bounce rate. A refusal that has not been classified
 * yet, for a second or so, is *undefined*.
 */
export function bouncesOf(cells: readonly ReportCell[]): Report['bounceReasons'] {
  const groups = new Map<string, Report['bounceReasons'][number]>();
  for (const { dim, key, n, sample } of cells) {
    const count = n[0] ?? 0;
    if (dim !== 'bounce' || count === 0) continue;
    const [reason = '', kind = 'soft', provider = ''] = JSON.parse(key) as [string, 'hard' | 'soft', string];
    const group = groups.get(`${reason} ${kind}`) ?? { reason, kind, count: 0, sample: '', providers: [] };
    group.count += count;
    group.sample ||= sample ?? '';
    group.providers.push({ provider, count, sample: sample ?? '' });
    groups.set(`${reason} ${kind}`, group);
  }
  for (const { providers } of groups.values()) providers.sort((a, b) => b.count - a.count);
  return [...groups.values()].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

/** With what people opened and clicked, the most used first. */
export function clientsOf(cells: readonly ReportCell[]): Report['clients'] {
  return [...cellsOf(cells, 'client')]
    .map(([key, [opened = 0, clicked = 0]]) => {
      const [client = '', device = ''] = key.split('/');
      return { client: client || 'unknown', device: device || 'unknown', opened, clicked };
    })
    .filter(({ opened, clicked }) => opened + clicked > 0)
    .sort((a, b) => b.opened - a.opened || b.clicked - a.clicked);
}

/** Of all recipients together. */
export function wholeOf(cells: readonly ReportCell[]) {
  return recipientCounts(sumOf(cellsOf(cells, 'provider').values()));
}
