import { secondsToSend } from './send-estimate.js';

const draft = { from: { name: '', address: 'news@tea.cn' }, smtpAccounts: [], hourlyLimit: null };
const account = (change: object) =>
  ({
    id: '1',
    kind: 'smtp',
    enabled: true,
    fromDomains: [],
    connections: 4,
    limits: {},
    warmupState: null,
    ...change,
  }) as never;

it.each([
  ['by connections', [account({})], 10],
  ['by the tightest limit', [account({ limits: { perSecond: 50, perMinute: 120 } })], 100],
  ['over all accounts that may', [account({}), account({ id: '2' }), account({ fromDomains: ['other.cn'] })], 5],
  ['a warm-up holds it back', [account({ warmupState: { volume: 200 } })], 86_400],
  ['the sandbox only while there is no other', [account({}), account({ kind: 'sandbox', connections: 90 })], 10],
  ['not at all', [account({ enabled: false })], null],
])('is told %s', (_, accounts, seconds) => {
  expect(secondsToSend(200, accounts, draft)).toBe(seconds);
});

it('a limit of the campaign’s own holds it back', () => {
  expect(secondsToSend(200, [account({})], { ...draft, hourlyLimit: 3_600 })).toBe(200);
});
