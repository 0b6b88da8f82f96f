import { planFor } from './addresses.js';

const plan = (address: string, seed = 's') => planFor(address, seed);

describe('planFor', () => {
  it.each([
    ['hard-bounce@simulator.test', 'hard-bounce', ['bounce-unknown']],
    ['hard-bounce+123@simulator.test', 'hard-bounce', ['bounce-unknown']],
    ['Hard-Bounce-123@Simulator.Test', 'hard-bounce', ['bounce-unknown']],
    ['unsubscribe-12@simulator.test', 'unsubscribe', ['unsubscribe']],
    ['unsubscribe-mail-12@simulator.test', 'unsubscribe-mail', ['unsubscribe-mail']],
    ['click@simulator.test', 'click', ['open', 'click']],
    ['replying@simulator.test', 'success', []],
    ['anybody@simulator.test', 'success', []],
  ])('%s behaves like %s', (address, label, reactions) => {
    expect(plan(address)).toMatchObject({ label, reactions });
  });

  it('leaves every other domain alone', () => {
    expect(plan('hard-bounce@example.com')).toBeUndefined();
    expect(plan('a@qq.com')).toBeUndefined();
  });

  it('decides by seed and address only, whatever the case', () => {
    const addresses = Array.from({ length: 300 }, (_, n) => `reader${n}@qq.test`);
    const labels = addresses.map((address) => plan(address)!.label);
    expect(addresses.map((address) => plan(address.toUpperCase())!.label)).toEqual(labels);
    expect(addresses.map((address) => plan(address, 'other')!.label)).not.toEqual(labels);
  });

  it('keeps to the shares of the table over many recipients', () => {
    const count = 20_000;
    const seen: Record<string, number> = {};
    for (let n = 0; n < count; n++) {
      for (const name of plan(`reader${n}@gmail.test`)!.label.split('+')) seen[name] = (seen[name] ?? 0) + 1 / count;
    }
    expect(seen['hard-bounce']).toBeCloseTo(0.01, 2);
    expect(seen['mailbox-full']).toBeCloseTo(0.004, 2);
    expect(seen.open).toBeCloseTo(0.35, 1);
    expect(seen.click! / seen.open!).toBeCloseTo(0.2, 1);
    expect(seen['proxy-open']).toBeCloseTo(0.2, 1);
    expect(seen['out-of-office']).toBeCloseTo(0.01, 2);
    expect(seen.complaint).toBeGreaterThan(0);
    expect(seen.unsubscribe).toBeGreaterThan(0);
  });

  it('never lets a recipient whose mail bounces read it', () => {
    const bounced = Array.from({ length: 5000 }, (_, n) => plan(`r${n}@corp.test`)!).filter((one) =>
      one.label.includes('bounce'),
    );
    expect(bounced.length).toBeGreaterThan(0);
    for (const one of bounced) expect(one.reactions).toEqual(['bounce-unknown']);
  });
});
