import { stillRefused, withoutRefused } from '../components/draft-changes.js';
import { changesOf, type Draft } from './draft.js';

const saved: Draft = {
  name: 'Spring',
  from: { name: 'Shop', address: 'news@shop.example.com' },
  replyTo: null,
  content: { subject: 'Hello', preheader: null, html: '<p>Hi</p>', mjml: null, text: null, document: null },
  templateId: null,
  audience: { lists: ['1'], excludeLists: [], segments: [], excludeSegments: [] },
  smtpAccounts: [],
  attachments: [],
  trackOpens: true,
  trackClicks: true,
  utm: { enabled: false, source: 'newsletter', medium: 'email', campaign: '', term: '', content: '' },
  readReceipts: false,
  deliveryNotifications: false,
  uncertain: 'hold',
  deadlineHours: 48,
  hourlyLimit: null,
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

describe('what the server refused', () => {
  const refusal = (property: string) => ({ property, code: 'TOO_SMALL', message: '' });
  const draft = {
    ...saved,
    name: '',
    trackOpens: false,
    content: { ...saved.content, subject: 'x', html: '<p>New</p>' },
  };

  it('holds back nothing but itself', () => {
    expect(changesOf(withoutRefused(draft, saved, [refusal('name')]), saved)).toEqual({
      trackOpens: false,
      content: draft.content,
    });
    expect(changesOf(withoutRefused(draft, saved, [refusal('name'), refusal('content.subject')]), saved)).toEqual({
      trackOpens: false,
      content: { ...draft.content, subject: 'Hello' },
    });
  });

  it('is a whole list where one of its entries is wrong', () => {
    const chosen = { ...saved, audience: { ...saved.audience, lists: ['1', '99'], excludeLists: ['2'] } };
    expect(withoutRefused(chosen, saved, [refusal('audience.lists.1')]).audience).toEqual({
      ...saved.audience,
      lists: ['1'],
      excludeLists: ['2'],
    });
  });

  it('is tried again once it has been changed, and not before', () => {
    const refused = [refusal('name'), refusal('content.subject')];
    const later = { ...draft, name: 'Summer', content: { ...draft.content, html: '<p>Newer</p>' } };
    expect(stillRefused(refused, draft, later)).toEqual([refusal('content.subject')]);
  });
});
