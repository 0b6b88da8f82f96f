import type { Report } from './report-query.js';

export const AUDIENCES = ['human', 'any', 'machine'] as const;
/** Whose opens and clicks: people’s, everybody’s as they came in, or machines’. */
export type Audience = (typeof AUDIENCES)[number];

type Visits = Pick<Report, 'opens' | 'clicks' | 'byAnybody'>;

/** Opens and clicks of an audience; who is counted under people and under machines is one of all. */
export function visitorsOf({ opens, clicks, byAnybody }: Visits, audience: Audience) {
  if (audience !== 'any') return { opened: opens[audience], clicked: clicks[audience] };
  return {
    opened: { unique: byAnybody.opened, total: opens.human.total + opens.machine.total },
    clicked: { unique: byAnybody.clicked, total: clicks.human.total + clicks.machine.total },
  };
}

/** The way from the list to the click, with the opens and clicks that the cards above show. */
export function funnelSteps(report: Visits & Pick<Report, 'counts' | 'rates'>, audience: Audience) {
  const { opened, clicked } = visitorsOf(report, audience);
  return [
    { key: 'prepared', count: report.counts.prepared },
    { key: 'sent', count: report.rates.delivery.of },
    { key: 'delivered', count: report.rates.delivery.count },
    { key: 'opened', count: opened.unique },
    { key: 'clicked', count: clicked.unique },
  ] as const;
}
