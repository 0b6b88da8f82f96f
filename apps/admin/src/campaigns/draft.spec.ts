import { changesOf, type Draft } from './draft.js';

const saved: Draft = {
  name: 'Spring',
  from: { name: 'Shop', address: 'news@shop.example.com' },
  replyTo: null,
  content: { subject: 'Hello', preheader: null, html: '<p>Hi</p>', mjml: null, text: null },
  audience: { lists: ['1'], excludeLists: [] },
  smtpAccounts: [],
  attachments: [],
  trackOpens: true,
  trackClicks: true,
  uncertain: 'hold',
  deadlineHours: 48,
};

describe('what an autosave sends', () => {
  it('is nothing when nothing differs, also for a copy', () => {
    expect(changesOf(structuredClone(saved), saved)).toBeNull();
  });

  it('is only what differs', () => {
    expect(changesOf({ ...saved, name: 'Summer', trackOpens: false }, saved)).toEqual({
      name: 'Summer',
      trackOpens: false,
    });
  });

  it('names attachments by id', () => {
    const file = { id: '7', name: 'price.pdf', contentType: 'application/pdf', bytes: 10 };
    expect(changesOf({ ...saved, attachments: [file] }, saved)).toEqual({ attachments: ['7'] });
  });
});
