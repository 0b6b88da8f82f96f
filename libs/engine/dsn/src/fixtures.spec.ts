import { readFileSync } from 'node:fs';
import { readMail } from './index.js';
import type { InboundVerdict } from '#contracts';

function read(name: string, recipients: string[] = []): InboundVerdict {
  return readMail(readFileSync(new URL(`./fixtures/${name}.eml`, import.meta.url)), { recipients, sender: null });
}

/** `address reason` of every recipient. */
function reasons(verdict: InboundVerdict): string[] {
  return verdict.recipients.map((recipient) => `${recipient.address} ${recipient.group}/${recipient.reason}`);
}

describe('bounces and their kin', () => {
  it.each([
    ['postfix-unknown', 'bounce', ['li.lei@shop.example hard/userunknown']],
    ['exim-full', 'bounce', ['wang.wei@corp.example mailbox/mailboxfull']],
    ['qmail-two', 'bounce', ['nobody@isp.example hard/userunknown', 'full@isp.example mailbox/mailboxfull']],
    ['exchange-dsn', 'bounce', ['zhao.liu@corp.example hard/userunknown']],
    ['netease-gbk', 'bounce', ['lilei@163.com hard/userunknown']],
    ['qq-html', 'bounce', ['zhangsan@qq.com block/ratelimited']],
    ['sina-raw', 'bounce', ['hanmei@sina.com hard/suspend']],
    ['netease-related', 'bounce', ['he@sina.cn block/ratelimited']],
    ['aliyun-full', 'bounce', ['li@foo.example.cn mailbox/mailboxfull']],
    ['139-closed', 'bounce', ['13800138000@139.com hard/suspend']],
    ['outlook-zh', 'bounce', ['li@corp.example.com hard/userunknown']],
    ['gmail-text', 'bounce', ['li@corp.example.com hard/userunknown']],
    ['domino-text', 'bounce', ['li@corp.example.com hard/userunknown']],
    ['international-dsn', 'bounce', ['李雷@shop.example hard/userunknown']],
    ['delay', 'delay', ['li.lei@slow.example transient/expired']],
    ['delivered', 'other', ['li.lei@fast.example unknown/undefined']],
  ] as const)('reads %s as %s', (name, kind, expected) => {
    const verdict = read(name);

    expect(verdict.kind).toBe(kind);
    expect(reasons(verdict)).toEqual(expected);
  });

  it.each([
    'exim-full',
    'qmail-two',
    'exchange-dsn',
    'netease-gbk',
    'qq-html',
    'arf-abuse',
    'jmrp',
    'international-dsn',
  ])('finds our Message-ID in the original that %s returns', (name) => {
    expect(read(name).tokenCandidates).toContainEqual({
      where: 'original-message-id',
      value: 'm.tokentoken@hongyan.example',
    });
  });

  it('decodes raw GB2312 subjects without a declared charset', () => {
    expect(read('sina-raw').subject).toBe('邮件传输失败！');
  });

  it('says that a relayed message was relayed', () => {
    expect(read('delivered').recipients[0]?.action).toBe('relayed');
  });
});

describe('complaints', () => {
  it('reads an ARF report with its recipient and feedback type', () => {
    const verdict = read('arf-abuse');

    expect(verdict).toMatchObject({ kind: 'complaint', feedbackType: 'abuse' });
    expect(verdict.recipients.map((one) => one.address)).toEqual(['annoyed@isp.example']);
  });

  it('reads a JMRP complaint, which has no report part', () => {
    const verdict = read('jmrp');

    expect(verdict).toMatchObject({ kind: 'complaint', rule: 'jmrp', feedbackType: 'abuse' });
    expect(verdict.recipients.map((one) => one.address)).toEqual(['annoyed@outlook.example']);
  });
});

describe('machines and people', () => {
  it.each([
    ['away-zh', 'auto-reply', '2025-05-06'],
    ['away-en', 'auto-reply', '2025-05-12'],
    ['receipt-bare-zh', 'auto-reply', null],
    ['mdn', 'mdn', null],
    ['challenge', 'challenge', null],
    ['newsletter', 'other', null],
  ] as const)('reads %s as %s, away until %s', (name, kind, awayUntil) => {
    expect(read(name)).toMatchObject({ kind, awayUntil, recipients: [] });
  });

  it.each([
    ['reply-zh', '请问还有货吗？'],
    ['reply-html', 'Yes, please send two.\nJane'],
    ['human-zidongdafu-answer', '我下周回来再谈。'],
    ['human-forwards-bounce', 'Look what I got back, did you change your address?'],
  ] as const)('reads %s as a person that wrote "%s"', (name, words) => {
    expect(read(name)).toMatchObject({ kind: 'reply', visibleReply: words, recipients: [] });
  });

  it('reads the top line 退订 above a quotation as a request to leave', () => {
    expect(read('unsubscribe-top-zh')).toMatchObject({
      kind: 'unsubscribe',
      rule: 'unsubscribe.text.chinese',
      visibleReply: '退订',
    });
  });

  it('reads a mail to an unsubscribe address as a request to leave and keeps the address as candidate', () => {
    const verdict = read('unsubscribe-mailto', ['u.tokentoken@bounce.hongyan.example']);

    expect(verdict).toMatchObject({ kind: 'unsubscribe', rule: 'unsubscribe.address' });
    expect(verdict.tokenCandidates[0]).toEqual({ where: 'envelope', value: 'u.tokentoken' });
  });
});
