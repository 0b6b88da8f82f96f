import { emptyPace, grantTokens, usage } from './index.js';

const NOW = 1_764_000_000_000;

describe('usage', () => {
  it('tells what of each limit is used and when the next message may leave, and takes nothing', () => {
    const limits = { perMinute: 5, perDay: 1_000 };
    let state = emptyPace();
    for (let at = NOW; at < NOW + 60_000; at += 12_200) state = grantTokens(state, limits, at, 5).state;
    const { used, nextMs } = usage(state, limits, NOW + 50_000);
    expect(used).toEqual({ perMinute: 5, perDay: 5 });
    expect(nextMs).toBeGreaterThan(NOW + 59_000);
    expect(usage(state, limits, NOW + 50_000)).toEqual({ used, nextMs });
  });

  it('of an account that nobody has used is nothing, and of one without limits too', () => {
    expect(usage(null, { perDay: 10 }, NOW)).toEqual({ used: { perDay: 0 }, nextMs: NOW });
    expect(usage(null, {}, NOW)).toEqual({ used: {}, nextMs: NOW });
  });
});
