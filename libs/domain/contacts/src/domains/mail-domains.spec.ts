import { createTestDatabase } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import type { MailExchangers } from '#platform/egress';
import { lookUpDomains, lookUpMissing, mailOfDomains } from './mail-domains.js';

let test: TestDatabase;
beforeAll(async () => (test = await createTestDatabase()));
afterAll(() => test.drop());

const ANSWERS: Record<string, MailExchangers> = {
  'firm.cn': { ok: true, names: ['mxbiz1.qq.com'], mail: 'exchangers' },
  'own.cn': { ok: true, names: ['mail.own.cn'], mail: 'exchangers' },
  'gone.cn': { ok: false, reason: 'no-such-domain', detail: 'x' },
  'silent.cn': { ok: false, reason: 'no-answer', detail: 'x' },
};

it('learns who runs a domain once, and asks again later where there was no answer', async () => {
  await test.db.run('INSERT INTO mail_domains (domain) SELECT unnest($1::text[])', [Object.keys(ANSWERS)]);
  const asked: string[] = [];
  const lookUp = (domain: string) => {
    asked.push(domain);
    return Promise.resolve(ANSWERS[domain]!);
  };
  const both = await Promise.all([lookUpDomains(test.db, lookUp), lookUpDomains(test.db, lookUp)]);
  expect(both.reduce((sum, { tried, silent }) => [sum[0]! + tried, sum[1]! + silent], [0, 0])).toEqual([4, 1]);
  expect(asked.sort()).toEqual(Object.keys(ANSWERS).sort());
  expect(await lookUpDomains(test.db, lookUp)).toEqual({ tried: 0, silent: 0 });
  const rows = await test.db.rows(
    `SELECT domain, provider, checked_at IS NOT NULL AS checked, round(extract(epoch FROM retry_at - now()) / 3600)::int AS hours
     FROM mail_domains ORDER BY domain`,
  );
  expect(rows).toEqual([
    { domain: 'firm.cn', provider: 'exmail', checked: true, hours: 720 },
    { domain: 'gone.cn', provider: null, checked: true, hours: 24 },
    { domain: 'own.cn', provider: null, checked: true, hours: 720 },
    { domain: 'silent.cn', provider: null, checked: false, hours: 1 },
  ]);
});

it('asks for those the cache does not answer for, keeps the answers, and gives up a DNS that is not to be reached', async () => {
  let asked: string[] = [];
  const lookUp = (domain: string): Promise<MailExchangers> => {
    asked.push(domain);
    if (domain.startsWith('silent')) return Promise.resolve({ ok: false, reason: 'no-answer', detail: 'x' });
    return Promise.resolve({ ok: true, names: [], mail: 'refused' });
  };
  const watch = { silent: 0 };
  const wanted = ['firm.cn', 'new.cn', 'qq.com', 'simulator.test', 'silent1.cn'];
  expect(await lookUpMissing(test.db, wanted, lookUp, watch)).toBe(1);
  expect(asked.sort()).toEqual(['new.cn', 'silent1.cn']);
  expect([...(await mailOfDomains(test.db, wanted))].sort()).toEqual([
    ['firm.cn', 'exchangers'],
    ['new.cn', 'refused'],
  ]);
  asked = [];
  const away = Array.from({ length: 200 }, (_, n) => `silent-${n}.cn`);
  expect(await lookUpMissing(test.db, away, lookUp, watch)).toBe(0);
  expect(asked.length).toBeLessThan(100);
  expect(await lookUpMissing(test.db, ['another.cn'], lookUp, watch)).toBe(0);
});
