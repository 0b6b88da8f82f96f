import { amountWords, timelineDetail } from './timeline-detail.js';

it.each([
  ['hard-bounced', 'userunknown: 550 5.1.1 User unknown', { reason: 'userunknown', words: '550 5.1.1 User unknown' }],
  ['soft-bounced', 'mailboxfull: ', { reason: 'mailboxfull', words: '' }],
  ['soft-bounced', '452 4.2.2 Mailbox full', { words: '452 4.2.2 Mailbox full' }],
  ['unsubscribed', 'one-click', { via: 'one-click', words: '' }],
  ['unsubscribed', '门店登记', { words: '门店登记' }],
  ['auto-replied', '2026-12-05', { away: '2026-12-05', words: '' }],
  ['auto-replied', '', { words: '' }],
  ['opened', 'apple-mpp', { isMachine: true, words: '' }],
  ['delivery-delayed', '451 try later', { words: '451 try later' }],
])('%s "%s"', (type, detail, expected) => {
  expect(timelineDetail({ type, detail })).toEqual(expected);
});

it.each([
  ['1280', 'CNY', 'zh-CN', '¥1,280.00'],
  ['1280.5', 'CNY', 'en', 'CN¥1,280.50'],
  ['0.0125', 'USD', 'en', '$0.0125'],
  ['128.00', 'JPY', 'zh-CN', 'JP¥128'],
  // Three letters that are no currency are shown as they are.
  ['1', 'QQQ', 'en', 'QQQ\u00a01.00'],
])('%s %s in %s', (amount, currency, locale, words) => {
  expect(amountWords(amount, currency, locale)).toBe(words);
});
