import type { CampaignSummary } from '../api/campaigns.js';
import { byDay, monthAfter, monthOf, spanOf, weeksOf } from './calendar-month.js';

const campaign = (id: string, status: string, scheduledAt: string | null, startedAt: string | null = null) =>
  ({ id, status, scheduledAt, startedAt }) as CampaignSummary;

describe('the month of a calendar', () => {
  it('has whole weeks, which begin on Monday in Chinese and on Sunday in English', () => {
    expect(weeksOf('2026-11', 'zh-CN').map((week) => [week[0], week[6]])).toEqual([
      ['2026-10-26', '2026-11-01'],
      ['2026-11-02', '2026-11-08'],
      ['2026-11-09', '2026-11-15'],
      ['2026-11-16', '2026-11-22'],
      ['2026-11-23', '2026-11-29'],
      ['2026-11-30', '2026-12-06'],
    ]);
    expect(weeksOf('2026-11', 'en')[0]![0]).toBe('2026-11-01');
    expect(weeksOf('2026-11', 'en')).toHaveLength(5);
  });

  it('is asked for with a margin for every zone on earth', () => {
    expect(spanOf(weeksOf('2026-11', 'en'))).toEqual({
      from: '2026-10-31T00:00:00.000Z',
      to: '2026-12-07T00:00:00.000Z',
    });
  });

  it('is the present one where the address says nothing that is a month', () => {
    const now = monthOf(null, 'UTC');
    expect(['2026-13', 'x', '2026-1'].map((asked) => monthOf(asked, 'UTC'))).toEqual([now, now, now]);
    expect([monthOf('2026-12', 'UTC'), monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual([
      '2026-12',
      '2027-01',
      '2025-12',
    ]);
  });

  it('shows a campaign on the day that its begin has in the zone, and no draft', () => {
    const days = byDay(
      [
        campaign('1', 'sent', null, '2026-11-03T17:00:00Z'),
        campaign('2', 'scheduled', '2026-11-03T16:30:00Z'),
        campaign('3', 'draft', '2026-11-03T16:30:00Z'),
      ],
      'Asia/Shanghai',
    );
    expect([...days].map(([day, all]) => [day, all.map(({ id }) => id)])).toEqual([['2026-11-04', ['2', '1']]]);
  });
});
