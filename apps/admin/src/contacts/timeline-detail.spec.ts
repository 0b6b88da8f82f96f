import { timelineDetail } from './timeline-detail.js';

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
