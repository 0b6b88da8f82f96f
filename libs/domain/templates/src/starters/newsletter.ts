import { frame, section } from './frame.js';
import type { Starter } from './starter.js';

const ACCENT = '#237804';

interface Story {
  title: string;
  text: string;
  link: string;
  more: string;
}

function story({ title, text, link, more }: Story): string {
  return section(
    `        <mj-text font-size="18px" font-weight="bold" line-height="1.4" padding-bottom="4px">${title}</mj-text>
        <mj-text padding-top="0">${text} <a href="${link}">${more}</a></mj-text>`,
    '0 32px 12px',
  );
}

/** A few stories, each with a link of its own. */
export const NEWSLETTER: Starter[] = [
  {
    key: 'newsletter',
    locale: 'zh-CN',
    name: '通讯',
    description: '三则短讯，各有链接；开头按城市问候。',
    subject: '本月通讯：三件值得一读的事',
    preheader: '新功能、客户故事和下月的活动',
    mjml: frame(
      'zh-CN',
      ACCENT,
      [
        section(`        <mj-text font-size="24px" font-weight="bold" line-height="1.4">本月通讯</mj-text>
        <mj-text>{{default name "朋友"}}，{{#if fields.city}}问候{{fields.city}}的您{{else}}您好{{/if}}。这个月有三件事想告诉您。</mj-text>`),
        story({
          title: '一、新功能：批量导入更快了',
          text: '十万行的名单一分钟导入完成，错误逐行说明，还可以整批撤销。',
          link: 'https://www.example.com/import',
          more: '看看怎么用',
        }),
        story({
          title: '二、客户故事：从群发到对话',
          text: '一家茶叶店用回复代替客服热线，复购率提高了三成。',
          link: 'https://www.example.com/story',
          more: '阅读全文',
        }),
        story({
          title: '三、下月活动：线上公开课',
          text: '聊聊标题、预览文字和发送时间，名额有限。',
          link: 'https://www.example.com/class',
          more: '报名',
        }),
      ].join('\n'),
    ),
  },
  {
    key: 'newsletter',
    locale: 'en',
    name: 'Newsletter',
    description: 'Three short stories, each with its link; greets by city.',
    subject: 'This month: three things worth reading',
    preheader: 'A new feature, a customer story and next month’s class',
    mjml: frame(
      'en',
      ACCENT,
      [
        section(`        <mj-text font-size="24px" font-weight="bold" line-height="1.4">This month</mj-text>
        <mj-text>Dear {{default name "friend"}}, {{#if fields.city}}greetings to {{fields.city}}.{{else}}hello.{{/if}} Three things we would like to tell you.</mj-text>`),
        story({
          title: '1. New: imports are faster',
          text: 'A hundred thousand rows in a minute, each error explained, and the whole import can be undone.',
          link: 'https://www.example.com/import',
          more: 'See how it works',
        }),
        story({
          title: '2. A customer story: from broadcast to conversation',
          text: 'A tea shop let people simply reply, and a third more of them came back.',
          link: 'https://www.example.com/story',
          more: 'Read on',
        }),
        story({
          title: '3. Next month: an open class',
          text: 'Subjects, preview texts and the right time to send. Seats are limited.',
          link: 'https://www.example.com/class',
          more: 'Sign up',
        }),
      ].join('\n'),
    ),
  },
];
