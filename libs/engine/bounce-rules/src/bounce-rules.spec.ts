import { cpuMs } from '#platform/testing';
import { ALL_RULES, classifyReply } from './index.js';
import { bounceGroup } from '#contracts';

describe('bounce rules', () => {
  it.each(ALL_RULES.map((rule) => [rule.id, rule] as const))('%s decides its own sample', (_, rule) => {
    const code = /^([245]\d\d)[ -]/.exec(rule.sample);
    const enhanced = /^[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(rule.sample);
    const verdict = classifyReply({
      code: code ? Number(code[1]) : null,
      enhanced: enhanced?.[1] ?? null,
      text: rule.sample,
      ...rule.sampleFrom,
    });

    expect(verdict).toEqual({ reason: rule.reason, group: bounceGroup(rule.reason), rule: rule.id });
  });

  it('has a rule for many reasons and no rule twice', () => {
    expect(new Set(ALL_RULES.map((rule) => rule.id)).size).toBe(ALL_RULES.length);
    expect(new Set(ALL_RULES.map((rule) => rule.reason)).size).toBeGreaterThan(25);
  });

  it('has rules that can be asked for all at once: without flags of their own and without references to groups', () => {
    const alone = ALL_RULES.filter(({ pattern }) => pattern.flags !== '' || /\\[1-9k]|\(\?<\w/.test(pattern.source));
    expect(alone.map(({ id }) => id)).toEqual([]);
  });

  it.each([
    ['550 Ip frequency limited. https://service.mail.qq.com/detail/122/169', 'block'],
    ['550 Mailbox unavailable or access denied [x IP: 192.0.2.7]. https://service.mail.qq.com/detail/122/168', 'block'],
    ['421 HL:ICC 163 smtp14,QcCowABXX http://mail.163.com/help/help_spam_16.htm', 'block'],
    ['550 User not found: li@163.com', 'hard'],
    ['550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help', 'hard'],
    ['552 收件人空间不足', 'mailbox'],
    ['550 User suspended: li@163.com', 'hard'],
  ] as const)('puts the Chinese 550 %s into the group %s', (text, group) => {
    expect(classifyReply({ code: Number(text.slice(0, 3)), enhanced: null, text }).group).toBe(group);
  });

  it('reads unknown users answered to DATA as a filter and to MAIL FROM as a refusal of the sender', () => {
    const reply = { code: 550, enhanced: '5.0.0', text: '550 Unknown user li@example.jp' };

    expect(classifyReply({ ...reply, step: 'rcpt' }).reason).toBe('userunknown');
    expect(classifyReply({ ...reply, step: 'data' }).reason).toBe('filtered');
    expect(classifyReply({ ...reply, step: 'mail' }).reason).toBe('rejected');
  });

  it('does not take words out of the address for words of the server', () => {
    expect(
      classifyReply({ code: 550, enhanced: '5.1.1', text: '550 5.1.1 <spam@blacklist.example>... User unknown' })
        .reason,
    ).toBe('userunknown');
  });

  it.each([
    ['5.1.1', 550, 'userunknown', 'status:5.1.1'],
    ['5.7.606', 550, 'blocked', 'status:5.7.606'],
    ['5.0.0', 552, 'mailboxfull', 'code:552'],
    [null, null, 'onhold', 'none'],
  ] as const)('falls back to the numbers %s %s', (enhanced, code, reason, rule) => {
    expect(classifyReply({ code, enhanced, text: 'x' })).toMatchObject({ reason, rule });
  });

  it('ends quickly on a megabyte of text that nearly matches everything', () => {
    const text = 'user recipient mailbox '.repeat(50_000) + 'a'.repeat(100_000);

    expect(cpuMs(() => classifyReply({ code: 550, enhanced: null, text }))).toBeLessThan(200);
  });
});
