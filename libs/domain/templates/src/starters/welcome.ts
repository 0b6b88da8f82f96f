import { frame, section } from './frame.js';
import type { Starter } from './starter.js';

const ACCENT = '#1554ad';

/** Sent when somebody has subscribed: what to expect, and one thing to do. */
export const WELCOME: Starter[] = [
  {
    key: 'welcome',
    locale: 'zh-CN',
    name: '欢迎',
    description: '新订阅者的第一封邮件：介绍自己，给出一个入口。',
    subject: '欢迎加入，{{default name "朋友"}}',
    preheader: '接下来您会收到什么，以及从哪里开始',
    mjml: frame(
      'zh-CN',
      ACCENT,
      section(`        <mj-text font-size="26px" font-weight="bold" line-height="1.4">欢迎，{{default name "朋友"}}！</mj-text>
        <mj-text>谢谢您的订阅。我们每月寄出一到两封信：新品、使用心得，还有只给订阅者的优惠。不会更多。</mj-text>
        <mj-text>从这里开始，三分钟了解我们能为您做什么：</mj-text>
        <mj-button href="https://www.example.com/start" align="left">马上开始</mj-button>
        <mj-text font-size="14px" color="#595959">有问题直接回复这封邮件，我们会读每一封回信。</mj-text>`),
    ),
  },
  {
    key: 'welcome',
    locale: 'en',
    name: 'Welcome',
    description: 'The first message to a new subscriber: who you are, and one way in.',
    subject: 'Welcome, {{default name "friend"}}',
    preheader: 'What you will get from us, and where to start',
    mjml: frame(
      'en',
      ACCENT,
      section(`        <mj-text font-size="26px" font-weight="bold" line-height="1.4">Welcome, {{default name "friend"}}!</mj-text>
        <mj-text>Thank you for subscribing. We write once or twice a month: what is new, how others use it, and offers for subscribers only. Never more.</mj-text>
        <mj-text>Start here and see in three minutes what we can do for you:</mj-text>
        <mj-button href="https://www.example.com/start" align="left">Get started</mj-button>
        <mj-text font-size="14px" color="#595959">Questions? Just reply to this message. We read every answer.</mj-text>`),
    ),
  },
];
