import { emptyPace, grantTokens, staticShare } from './index.js';

const NOW = 1_764_000_000_000;
const DAY = 86_400_000;

describe('a static share of the limits', () => {
  it('is a part of each, never none and never all', () => {
    const limits = { perSecond: 50, perMinute: 1_000, perDay: 3 };
    expect(staticShare(limits, null, NOW, 1 / 8)).toEqual({ perSecond: 6.25, perMinute: 125, perDay: 1 });
    expect(staticShare({}, null, NOW, 1 / 8)).toEqual({});
  });

  it('is a part of what was left of the day, and grows as the day that was lost passes', () => {
    const limits = { perDay: 1_000 };
    const lost = grantTokens(emptyPace(), limits, NOW, 900).state;
    expect(staticShare(limits, lost, NOW, 1 / 4)).toEqual({ perDay: 25 });
    expect(staticShare(limits, lost, NOW + DAY + 600_000, 1 / 4)).toEqual({ perDay: 250 });
  });

  it('is nothing while the limit is used up', () => {
    const limits = { perSecond: 10, perDay: 100 };
    const lost = grantTokens(emptyPace(), { perDay: 100 }, NOW, 100).state;
    expect(staticShare(limits, lost, NOW + 1_000, 1 / 2)).toBeNull();
    expect(staticShare(limits, lost, NOW + DAY + 600_000, 1 / 2)).toEqual({ perSecond: 5, perDay: 50 });
  });
});
