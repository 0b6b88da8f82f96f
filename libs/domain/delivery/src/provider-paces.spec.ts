import type { SendOutcome } from '#contracts';
import { RedisSharedState, openSharedState } from '#platform/shared-state';
import type { SharedState } from '#platform/shared-state';
import { createTestDatabase, startRedis } from '#platform/testing';
import type { RedisServer, TestDatabase } from '#platform/testing';
import { PaceStore } from './pace-store.js';
import { ProviderPaces, answersKey } from './provider-paces.js';
import type { AccountAnswers } from './provider-paces.js';

let test: TestDatabase;
let redis: RedisServer;
let shared: SharedState;
beforeAll(async () => {
  [test, redis] = await Promise.all([createTestDatabase(), startRedis()]);
  shared = openSharedState('', test.db);
});
afterAll(async () => {
  await test.drop();
  await redis.close();
});

let account = '0';
beforeEach(() => (account = String(Number(account) + 1)));

const sender = (state = shared) => new ProviderPaces(new PaceStore(state, () => 0.25, { answerMs: 300, retryMs: 50 }));
const accepted: SendOutcome = { kind: 'accepted', code: 250, text: '250 ok' };
const limited: SendOutcome = { kind: 'deferred', code: 450, text: '450 Mail frequency limited' };
const later: SendOutcome = { kind: 'deferred', code: 450, enhanced: '4.7.0', text: '450 4.7.0 try again' };
const many = (email: string, outcome: SendOutcome, count: number) =>
  Array.from({ length: count }, () => ({ email, outcome }));
async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > end) throw new Error('it did not happen within ten seconds');
  }
}
const stored = async () => (await shared.read<AccountAnswers>([answersKey(account)])).states[0]?.units ?? {};

describe('the paces of providers at an account', () => {
  it('let everybody through who was never complained about, without asking anybody', async () => {
    const paces = sender();
    await paces.answered(account, 'qq', many('a@qq.com', accepted, 100));
    expect(await paces.grant(account, 'qq', 100)).toEqual({ granted: 100, waitMs: 0 });
    await paces.drain();
    expect((await stored()).qq?.buckets.at(-1)?.[1]).toBe(100);
  });

  it('tell how sound the account is, once there are enough answers to say', async () => {
    const paces = sender();
    await paces.answered(account, 'qq', many('a@qq.com', limited, 10));
    expect(paces.soundness(account)).toBe(1);
    const other = sender();
    await other.answered(account, 'gmail', many('a@gmail.com', accepted, 30));
    await other.drain();
    expect(other.soundness(account)).toBe(0.75);
  });

  it('slow the provider that complains, at every sender, and nobody else', async () => {
    const [one, other] = [sender(), sender()];
    await one.answered(account, 'qq', [...many('a@qq.com', accepted, 50), ...many('b@qq.com', limited, 2)]);
    expect(one.isRestricted(account, 'qq')).toBe(true);
    expect((await one.grant(account, 'qq', 50)).granted).toBe(1);
    expect(await other.grant(account, 'qq', 50)).toEqual({ granted: 0, waitMs: expect.any(Number) });
    expect(other.restsUntil(account, 'qq')).toBeGreaterThan(performance.now());
    expect(await other.grant(account, 'gmail', 50)).toEqual({ granted: 50, waitMs: 0 });
    expect((await stored()).qq?.events).toEqual([
      { at: expect.any(Number), kind: 'slowed', rate: 2, said: '450 Mail frequency limited' },
    ]);
  });

  it('slow a single domain of the long tail, once it says so or many of its answers hint at it', async () => {
    const paces = sender();
    await paces.answered(account, 'other', many('a@shop.example', later, 3));
    expect(paces.isRestricted(account, 'shop.example')).toBe(false);
    await paces.answered(account, 'other', [
      ...many('a@shop.example', later, 3),
      ...many('a@busy.example', accepted, 90),
      ...many('a@busy.example', later, 6),
      { email: 'a@firm.example', outcome: limited },
    ]);
    expect(
      ['shop.example', 'busy.example', 'firm.example', 'other'].map((unit) => paces.isRestricted(account, unit)),
    ).toEqual([true, false, true, false]);
  });

  it('go on with a share of their own when the store is away, and come back to it', async () => {
    const own = await startRedis();
    const state = new RedisSharedState(own.url);
    const store = new PaceStore(state, () => 0.25, { answerMs: 300, retryMs: 50 });
    const paces = new ProviderPaces(store);
    await paces.answered(account, 'qq', [...many('a@qq.com', accepted, 50), ...many('b@qq.com', limited, 1)]);
    await own.close();
    const asked = Date.now();
    const grant = await paces.grant(account, 'qq', 50);
    expect(Date.now() - asked).toBeLessThan(2_000);
    expect(store.away).toBe(true);
    // A quarter of 2 a second: one, and the next in two seconds.
    expect(grant.granted).toBe(1);
    expect((await paces.grant(account, 'qq', 50)).waitMs).toBeGreaterThan(1_000);
    expect(await paces.grant(account, 'gmail', 50)).toEqual({ granted: 50, waitMs: 0 });
    const back = await startRedis({ port: own.port });
    await until(() => !store.away);
    // It has lost what it knew: nobody has complained to it.
    await paces.answered(account, 'qq', many('a@qq.com', accepted, 1));
    await paces.drain();
    expect((await state.read<AccountAnswers>([answersKey(account)])).states[0]?.units.qq?.buckets.at(-1)?.[1]).toBe(1);
    await state.close();
    await back.close();
  });
});
