import { ProviderLimiter } from './limits.js';
import { providerOf } from '#engine/simulated-providers';
import type { ProviderLimits } from '#engine/simulated-providers';

const qq = providerOf('a@qq.test')!;
const gmail = providerOf('a@gmail.test')!;
const wide: ProviderLimits = {
  connections: 1000,
  connectionsPerMinute: 1000,
  messagesPerConnection: 1000,
  messagesPerMinute: 10_000,
};

function limiter(qqLimits: Partial<ProviderLimits>, scale = 1) {
  const time = { now: 1_000_000 };
  const clock = { now: () => time.now, after: () => () => undefined };
  return { time, limits: new ProviderLimiter(clock, scale, { qq: { ...wide, ...qqLimits } }) };
}

describe('ProviderLimiter', () => {
  it('refuses what passes the rate, lets a burst of a tenth through, and recovers with time', () => {
    const { time, limits } = limiter({ messagesPerMinute: 600 });
    const answers = Array.from({ length: 70 }, () => limits.judge('s', qq));
    expect(answers.slice(0, 60)).toEqual(Array(60).fill(undefined));
    expect(answers.slice(60)).toEqual(Array(10).fill('messagesPerMinute'));
    time.now += 100;
    expect(limits.judge('s', qq)).toBeUndefined();
    expect(limits.judge('s', qq)).toBe('messagesPerMinute');
  });

  it('counts every provider apart', () => {
    const { limits } = limiter({ messagesPerMinute: 1 });
    expect(limits.judge('s', qq)).toBeUndefined();
    expect(limits.judge('s', qq)).toBe('messagesPerMinute');
    expect(limits.judge('s', gmail)).toBeUndefined();
  });

  it('refuses a session too many until another ends or falls idle', () => {
    const { time, limits } = limiter({ connections: 1 });
    expect(limits.judge('first', qq)).toBeUndefined();
    expect(limits.judge('second', qq)).toBe('connections');
    limits.gone('first');
    expect(limits.judge('second', qq)).toBeUndefined();
    time.now += 10_001;
    expect(limits.judge('third', qq)).toBeUndefined();
  });

  it('refuses new sessions that come too often, and messages beyond a session’s share', () => {
    const often = limiter({ connectionsPerMinute: 1 }).limits;
    expect(often.judge('first', qq)).toBeUndefined();
    expect(often.judge('second', qq)).toBe('connectionsPerMinute');
    const long = limiter({ messagesPerConnection: 2 }).limits;
    expect([1, 2, 3].map(() => long.judge('s', qq))).toEqual([undefined, undefined, 'messagesPerConnection']);
  });

  it('scales the table’s limits', () => {
    const burst = gmail.limits.messagesPerMinute / 10;
    const { limits } = limiter({}, 0.1);
    const answers = Array.from({ length: burst / 10 + 1 }, () => limits.judge('s', gmail));
    expect(answers.pop()).toBe('messagesPerMinute');
    expect(answers).toEqual(Array(burst / 10).fill(undefined));
  });
});
