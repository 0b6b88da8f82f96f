import { AUDIENCES, funnelSteps, visitorsOf } from './visitors.js';

type Counted = Parameters<typeof funnelSteps>[0];

it('shows in the funnel the opens and clicks of the cards, whoever is counted', () => {
  const report = {
    counts: { prepared: 100 },
    rates: { delivery: { count: 90, of: 95 } },
    opens: { human: { unique: 40, total: 50 }, machine: { unique: 30, total: 31 } },
    clicks: { human: { unique: 9, total: 10 }, machine: { unique: 2, total: 2 } },
    byAnybody: { opened: 60, clicked: 10 },
  } as Counted;
  const steps = AUDIENCES.map((audience) => funnelSteps(report, audience).map(({ count }) => count));
  expect(steps).toEqual([
    [100, 95, 90, 40, 9],
    [100, 95, 90, 60, 10],
    [100, 95, 90, 30, 2],
  ]);
  expect(visitorsOf(report, 'any').opened).toEqual({ unique: 60, total: 81 });
});
