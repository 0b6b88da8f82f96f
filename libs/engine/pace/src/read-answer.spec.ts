import { SLOW_DOWN_RULES } from './slow-down-rules.js';
import { readAnswer } from './index.js';
import type { AnswerKind } from './index.js';

/** A refusal as the wire reports it. */
function refusal(line: string, kind: 'deferred' | 'rejected' | 'unreachable' = 'deferred') {
  const code = Number(line.slice(0, 3));
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(line)?.[1];
  return { kind, code, ...(enhanced ? { enhanced } : {}), text: line };
}

describe('readAnswer', () => {
  it.each([
    '450 Mail frequency limited',
    '550 Ip frequency limited [xnWdQZ1yq0WZ IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/169.',
    '550 Domain frequency limited [xnWd IP: 192.0.2.7]. https://service.mail.qq.com/detail/0/343',
    '550 Mailbox unavailable or access denied [MXQ IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/168.',
    '451 MI:SFQ 163 mx12,PsCowEDpF1 http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7',
    '421 HL:ICC 163 smtp14,QcCowABXX http://mail.163.com/help/help_spam_16.htm',
    '421 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1',
    '421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address.',
    '451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (AS77713)',
    '451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. (S775)',
    '452 4.3.2 Connection rate limit exceeded.',
    '421 4.7.0 Too many concurrent SMTP connections from this IP address',
    '421 maximum number of connections reached for 192.0.2.7',
    '450 4.7.1 Hourly sending limit exceeded for your server',
    '451 Requested mail action not taken: too much recipient',
    '421 发送过于频繁，请稍后再试',
  ])('hears "slow down" in %s', (line) => {
    expect(readAnswer(refusal(line, line.startsWith('5') ? 'rejected' : 'deferred'))).toBe('slowed');
  });

  it('hears it when the whole session is refused with it', () => {
    expect(readAnswer(refusal('421 4.7.0 Too many connections', 'unreachable'))).toBe('slowed');
    expect(readAnswer(refusal('421 4.3.2 shutting down', 'unreachable'))).toBe('failed');
  });

  it.each<[string, AnswerKind]>([
    ['450 4.7.0 as asked', 'hinted'],
    ['451 4.7.1 try again later', 'hinted'],
    ['450 4.2.0 <li@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example/', 'deferred'],
    ['450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents …', 'deferred'],
    ['452 4.2.2 The email account that you tried to reach is over quota', 'deferred'],
    ['451 4.3.0 temporary failure', 'deferred'],
  ])('takes %s for %s', (line, kind) => {
    expect(readAnswer(refusal(line))).toBe(kind);
  });

  it('leaves the rest what it is', () => {
    expect(readAnswer({ kind: 'accepted', code: 250, text: 'ok, too many messages queued' })).toBe('accepted');
    expect(readAnswer(refusal('550 5.1.1 no such user', 'rejected'))).toBe('rejected');
    expect(readAnswer({ kind: 'uncertain', text: 'lost' })).toBe('failed');
    expect(readAnswer({ kind: 'unreachable', text: 'connect ECONNREFUSED' })).toBe('failed');
  });

  it('has patterns without state and without unbounded gaps', () => {
    for (const { pattern } of SLOW_DOWN_RULES) {
      expect(pattern.flags).toBe('');
      expect(pattern.source).not.toMatch(/(?:[^\\]|^)(?:\.|\]|\))[*+]/);
    }
  });
});
