import { cpuMs } from '#platform/testing';
import { htmlToText, visibleReply, visibleReplyOfHtml } from './index.js';

describe('visibleReply', () => {
  it.each([
    [
      'Gmail',
      'Yes please.\n\nOn Mon, Mar 3, 2025 at 10:00 AM Shop <news@shop.example>\nwrote:\n\n> Hello\n> there',
      'Yes please.',
    ],
    [
      'Outlook',
      'Yes please.\n\nFrom: Shop <news@shop.example>\nSent: Monday, March 3, 2025 10:00\nTo: Jane\nSubject: March\n\nHello',
      'Yes please.',
    ],
    [
      'Outlook with a rule',
      'Yes.\n\n________________________________\nVon: Shop <news@shop.example>\nGesendet: Montag\nAn: Jane\nBetreff: März\n\nHallo',
      'Yes.',
    ],
    [
      'Apple Mail in Chinese',
      '收到\n\n发自我的 iPhone\n\n> 在 2025年3月3日，10:00，市场部 <news@shop.example> 写道：\n> \n> 正文',
      '收到',
    ],
    [
      'QQ mail',
      '什么时候发货？\n\n------------------ 原始邮件 ------------------\n发件人: "市场部" <news@shop.example>;\n发送时间: 2025年3月3日\n\n正文',
      '什么时候发货？',
    ],
    [
      'Outlook on a phone in Chinese',
      '同意\n\n获取 Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\n发件人: 市场部 <news@shop.example>\n发送时间: 2025年3月3日 10:00\n收件人: 张三\n主题: 报价\n\n正文',
      '同意',
    ],
    ['NetEase mail', '可以\n\n在 2025-03-03 10:00:00，"市场部" <news@shop.example> 写道：\n\n正文', '可以'],
    ['NetEase master', '可以\n\n---- 回复的原邮件 ----\n| 发件人 | 市场部 |\n正文', '可以'],
    ['French', 'Merci.\n\nLe 3 mars 2025 à 10:00, Shop <news@shop.example> a écrit :\n> Bonjour', 'Merci.'],
    ['an answer below the quotation', 'On 3 Mar 2025, Shop wrote:\n> Do you want it?\n\nYes, two.', 'Yes, two.'],
    ['answers between the lines', '> one?\nyes\n> two?\nno', 'yes\nno'],
    ['a signature', 'See you.\n\n-- \nJane Doe\nCorp', 'See you.'],
    ['a phone', 'Ok\n\nSent from my iPhone', 'Ok'],
    ['CRLF and no-break spaces', 'Ok\u00a0then\r\n\r\n> x', 'Ok then'],
  ])('keeps what was written in %s', (_, text, expected) => {
    expect(visibleReply(text)).toBe(expected);
  });

  it.each([
    'On the other hand, we should wait.\nOn average it works.',
    'Date: Wednesday 3 October\nTime: 7 am\nAddress: Fox St',
    'I wrote: nothing.\nThe data comes From: our database.',
    '在这里我写道：你好。后面还有别的。',
  ])('leaves prose alone that looks like a quotation: %s', (text) => {
    expect(visibleReply(text)).toBe(text);
  });

  it('gives a mail that is only a quotation back unless somebody introduced it', () => {
    expect(visibleReply('> only quoted')).toBe('> only quoted');
    expect(visibleReply('On 3 Mar 2025, Shop wrote:\n> x')).toBe('');
  });

  it('ends in milliseconds on megabytes of quotation marks, dashes and half introductions', () => {
    const texts = [
      '>'.repeat(1_000_000),
      '-- \n'.repeat(300_000),
      'On 1 May 2024 someone\n'.repeat(60_000),
      'From: a\n'.repeat(150_000),
      `${'a '.repeat(600_000)}wrote:`,
    ];
    for (const text of texts) expect(cpuMs(() => visibleReply(text))).toBeLessThan(1_000);
  });
});

describe('HTML', () => {
  it.each([
    [
      'Gmail',
      '<div>Yes<br>Jane</div><div class="gmail_quote">On Mon Shop wrote:<blockquote>Hello</blockquote></div>',
      'Yes\nJane',
    ],
    ['Outlook', '<p>Yes</p><div id="divRplyFwdMsg"><b>From:</b> Shop<br><b>Sent:</b> Monday</div><p>Hello</p>', 'Yes'],
    [
      'QQ',
      '<div>好的</div><div style="x"><includetail><div>------------------ 原始邮件 ------------------</div><div>正文</div></includetail></div>',
      '好的',
    ],
    ['entities', '<p>1 &lt; 2 &amp; 3&nbsp;&#8364;</p>', '1 < 2 & 3 €'],
  ])('keeps what was written in %s', (_, html, expected) => {
    expect(visibleReplyOfHtml(html).replace(/\n{2,}/g, '\n')).toBe(expected);
  });

  it('leaves out scripts, styles and comments and keeps cells apart', () => {
    expect(
      htmlToText('<style>p{}</style><script>x()</script><!-- no --><table><tr><td>a</td><td>b</td></tr></table>'),
    ).toBe('a b');
  });

  it('takes text that is only labelled as HTML line by line', () => {
    expect(htmlToText('Subject: x\nTo: a@b.example\n\nend')).toBe('Subject: x\nTo: a@b.example\n\nend');
  });
});
