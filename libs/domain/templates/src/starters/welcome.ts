import { frame } from './frame.js';
import type { Palette, Starter, StarterLocale } from './frame.js';

const PALETTE: Palette = { page: '#eef3f1', accent: '#0f6b52', onAccent: '#ffffff', tint: '#e3f1ec' };

interface Step {
  title: string;
  text: string;
}
interface Texts {
  name: string;
  description: string;
  subject: string;
  preheader: string;
  greeting: string;
  headline: string;
  lead: string;
  steps: [Step, Step, Step];
  button: string;
  closing: string;
}

const TEXTS: Record<StarterLocale, Texts> = {
  'zh-CN': {
    name: '欢迎信',
    description: '新订阅者收到的第一封信：打招呼，说明会收到什么，给出第一步。',
    subject: '{{default name "朋友"}}，欢迎加入{{workspace.name}}',
    preheader: '三件小事，帮您马上开始。',
    greeting: '{{default name "朋友"}}，您好！',
    headline: '很高兴认识您',
    lead: '感谢订阅{{workspace.name}}。我们每月来信一到两次，只写值得您花时间的内容：新品、实用做法，以及会员专享的优惠。',
    steps: [
      { title: '看看我们是谁', text: '两分钟，了解我们如何挑选每一件产品。' },
      { title: '选择您的兴趣', text: '告诉我们想看什么，不想看的不再打扰。' },
      { title: '领取见面礼', text: '首单立减 20 元，三十天内有效。' },
    ],
    button: '从这里开始',
    closing: '有问题？直接回复这封邮件，我们的同事会亲自回答。',
  },
  en: {
    name: 'Welcome',
    description: 'The first letter to a new subscriber: say hello, say what to expect, offer a first step.',
    subject: 'Welcome to {{workspace.name}}, {{default name "friend"}}',
    preheader: 'Three small things to get you started.',
    greeting: 'Hello {{default name "friend"}},',
    headline: 'It is good to meet you',
    lead: 'Thank you for joining {{workspace.name}}. We write once or twice a month, and only when it is worth your time: new arrivals, practical guides, and offers for members.',
    steps: [
      { title: 'See who we are', text: 'Two minutes on how we choose what we sell.' },
      { title: 'Pick your topics', text: 'Tell us what you like; we leave out the rest.' },
      { title: 'Take your gift', text: '5 off your first order, valid for thirty days.' },
    ],
    button: 'Start here',
    closing: 'Any question? Just reply to this mail: a person will answer.',
  },
};

const step = ({ title, text }: Step, index: number) => `    <mj-section padding="4px 0">
      <mj-group>
        <mj-column width="16%" vertical-align="top">
          <mj-text align="right" padding="8px 0" font-size="24px" line-height="1.2" font-weight="bold" color="${PALETTE.accent}">${index + 1}</mj-text>
        </mj-column>
        <mj-column width="84%">
          <mj-text padding="8px 32px 8px 16px"><strong>${title}</strong><br /><span style="color:#5b616b">${text}</span></mj-text>
        </mj-column>
      </mj-group>
    </mj-section>`;

/** The first letter to a new subscriber. */
export function welcome(locale: StarterLocale): Starter {
  const { name, description, subject, preheader, ...texts } = TEXTS[locale];
  const sections = `    <mj-section background-color="${PALETTE.accent}" padding="44px 0 36px" border-radius="8px 8px 0 0">
      <mj-column>
        <mj-text color="#d7ece5" font-size="15px" padding="0 32px 4px">${texts.greeting}</mj-text>
        <mj-text color="#ffffff" font-size="32px" line-height="1.3" font-weight="bold" padding="0 32px">${texts.headline}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section padding="24px 0 8px">
      <mj-column><mj-text>${texts.lead}</mj-text></mj-column>
    </mj-section>
${texts.steps.map(step).join('\n')}
    <mj-section padding="12px 0 20px">
      <mj-column><mj-button href="https://www.example.com/start" align="left">${texts.button}</mj-button></mj-column>
    </mj-section>
    <mj-section background-color="${PALETTE.tint}" border-radius="0 0 8px 8px">
      <mj-column><mj-text font-size="15px">${texts.closing}</mj-text></mj-column>
    </mj-section>`;
  const mjml = frame(locale, texts.headline, PALETTE, sections);
  return {
    key: 'welcome',
    locale,
    name,
    description,
    subject,
    preheader,
    mjml,
    html: null,
    text: null,
    document: null,
  };
}
