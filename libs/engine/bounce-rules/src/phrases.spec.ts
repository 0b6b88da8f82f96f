import type { InboundVerdict } from '#contracts';
import { applyPhrases, matchPhrase, proposePhrase, tidyPhrase, wordsToMatch } from './phrases.js';
import type { PhraseRule } from './phrases.js';

const rule = (phrase: string, more: Partial<PhraseRule> = {}): PhraseRule => ({
  ...{ id: '7', phrase: tidyPhrase(phrase), kind: 'bounce', reason: 'userunknown' },
  ...more,
});
const verdict = (words: string): InboundVerdict => ({
  ...{ kind: 'other', rule: 'none', recipients: [], tokenCandidates: [], from: null, subject: 's', messageId: null },
  ...{ visibleReply: null, awayUntil: null, leftCompany: null, feedbackType: null, reporter: null },
  words: wordsToMatch(words),
});

it('finds a phrase whatever its case, breaks and addresses, and takes it for nothing but words', () => {
  const words = wordsToMatch('Sorry:\r\n  The Box of <li@x.example> was\n CLOSED (a+)+$ for good');
  expect(matchPhrase([rule('the box of wang@y.example was closed')], words)?.id).toBe('7');
  expect(matchPhrase([rule('closed (a+)+$')], words)?.id).toBe('7');
  expect(matchPhrase([rule('closed .* good'), rule('ox')], words)).toBeNull();
});

it('decides kind and reason before the engine does, and leaves other mail alone', () => {
  const before = verdict('该员工的信箱已经注销');
  expect(applyPhrases(before, [rule('信箱已经注销')])).toMatchObject({
    ...{ kind: 'bounce', rule: 'workspace:7' },
    recipients: [{ reason: 'userunknown', group: 'hard', rule: 'workspace:7', action: 'failed' }],
  });
  expect(applyPhrases(before, [rule('信箱已经注销', { kind: 'auto-reply', reason: null })])).toMatchObject({
    kind: 'auto-reply',
    recipients: [],
  });
  expect(applyPhrases(before, [rule('别的说法')])).toBe(before);
});

it.each([
  [
    '<li@x.example>: host mx.example.net said: the addressee has left the firm id=838383 (see https://x.example/a)',
    'the addressee has left the firm',
  ],
  [
    '尊敬的用户：您发送给 wang@corp.example 的邮件，收件人的信箱已注销，无法投递。编号 20261122001',
    '的邮件，收件人的信箱已注销，无法投递',
  ],
  ['12345 67890', null],
])('proposes of %s what would know its like again', (text, phrase) => {
  expect(proposePhrase(text)).toBe(phrase);
  if (phrase) expect(wordsToMatch(text)).toContain(tidyPhrase(phrase));
});

it('is bounded, whatever the mail', () => {
  const long = `${'退信 failed; '.repeat(50_000)}`;
  expect(wordsToMatch(long).length).toBeLessThanOrEqual(2_000);
  expect(proposePhrase(long)?.length).toBeLessThanOrEqual(200);
});
