import { frame } from './frame.js';
import type { Palette, Starter, StarterLocale } from './frame.js';

const PALETTE: Palette = { page: '#f3f1ec', accent: '#8a3b12', onAccent: '#ffffff', tint: '#faf5ee' };

interface Story {
  topic: string;
  title: string;
  text: string;
  link: string;
}
interface Texts {
  name: string;
  description: string;
  subject: string;
  preheader: string;
  masthead: string;
  issue: string;
  hello: string;
  more: string;
  lead: Story;
  stories: [Story, Story];
  datesTitle: string;
  dates: string[];
}

const TEXTS: Record<StarterLocale, Texts> = {
  'zh-CN': {
    name: '月度通讯',
    description: '一篇主文、两篇短文和活动预告，适合定期来信。',
    subject: '{{workspace.name}}月报：这个季节，值得慢下来',
    preheader: '主文：一杯好茶从水开始。另有两篇短文和本月活动。',
    masthead: '{{workspace.name}}月报',
    issue: '第 12 期 · 五月',
    hello: '{{default name "读者"}}，您好。这一期我们去了山里，带回三个故事。',
    more: '阅读全文',
    lead: {
      topic: '主文',
      title: '一杯好茶，从水开始',
      text: '我们请三位茶农各泡同一款绿茶，只换了水。结果出乎意料：差别最大的不是温度，而是硬度。文中附有在家就能做的小测试。',
      link: 'https://www.example.com/stories/water',
    },
    stories: [
      {
        topic: '手艺',
        title: '竹编师傅的一天',
        text: '从清晨选竹到傍晚收边，一只篮子要弯三百多次腰。',
        link: 'https://www.example.com/stories/bamboo',
      },
      {
        topic: '做法',
        title: '冷泡的三条规矩',
        text: '水要凉，叶要整，时间宁长勿短。照着做，不会苦。',
        link: 'https://www.example.com/stories/cold-brew',
      },
    ],
    datesTitle: '本月活动',
    dates: ['5 月 10 日 · 上海 · 新茶品鉴会', '5 月 18 日 · 线上 · 与茶农连线', '5 月 25 日 · 杭州 · 采茶一日行'],
  },
  en: {
    name: 'Monthly newsletter',
    description: 'One lead story, two short ones and dates: for letters that come regularly.',
    subject: 'The {{workspace.name}} letter: a season to slow down',
    preheader: 'Lead story: good tea begins with water. Two short reads and this month’s dates.',
    masthead: 'The {{workspace.name}} letter',
    issue: 'No. 12 · May',
    hello: 'Hello {{default name "reader"}}, this month we went to the hills and came back with three stories.',
    more: 'Read on',
    lead: {
      topic: 'LEAD STORY',
      title: 'Good tea begins with water',
      text: 'We asked three growers to brew the same green tea and changed nothing but the water. What made the difference was not the temperature but the hardness. With a small test to try at home.',
      link: 'https://www.example.com/stories/water',
    },
    stories: [
      {
        topic: 'CRAFT',
        title: 'A day with a basket maker',
        text: 'From choosing the bamboo at dawn to the last rim in the evening.',
        link: 'https://www.example.com/stories/bamboo',
      },
      {
        topic: 'HOW TO',
        title: 'Three rules for cold brew',
        text: 'Cold water, whole leaves, and rather too long than too short.',
        link: 'https://www.example.com/stories/cold-brew',
      },
    ],
    datesTitle: 'This month',
    dates: [
      '10 May · London · Tasting of the new harvest',
      '18 May · Online · Talk with a grower',
      '25 May · Bath · A day of picking',
    ],
  },
};

const card = ({ topic, title, text, link }: Story, more: string) => `      <mj-column width="50%" vertical-align="top">
        <mj-text mj-class="eyebrow" padding="8px 24px 0 32px">${topic}</mj-text>
        <mj-text padding="4px 24px 0 32px" font-size="18px" line-height="1.45" font-weight="bold" color="#15181d">${title}</mj-text>
        <mj-text padding="4px 24px 12px 32px" font-size="15px">${text}<br /><a href="${link}">${more} →</a></mj-text>
      </mj-column>`;

/** A letter that comes regularly. */
export function newsletter(locale: StarterLocale): Starter {
  const { name, description, subject, preheader, ...texts } = TEXTS[locale];
  const { lead, stories, more } = texts;
  const sections = `    <mj-section padding="36px 0 20px" border-top="6px solid ${PALETTE.accent}">
      <mj-column>
        <mj-text align="center" font-size="30px" line-height="1.3" font-weight="bold" color="#15181d" padding="0 32px">${texts.masthead}</mj-text>
        <mj-text mj-class="small" align="center">${texts.issue}</mj-text>
        <mj-divider border-width="1px" border-color="#d9d2c5" padding="8px 32px" />
        <mj-text>${texts.hello}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="${PALETTE.tint}" padding="28px 0">
      <mj-column>
        <mj-text mj-class="eyebrow">${lead.topic}</mj-text>
        <mj-text mj-class="heading">${lead.title}</mj-text>
        <mj-text>${lead.text}</mj-text>
        <mj-button align="left" href="${lead.link}">${more}</mj-button>
      </mj-column>
    </mj-section>
    <mj-section padding="24px 0 12px">
${stories.map((story) => card(story, more)).join('\n')}
    </mj-section>
    <mj-section padding="12px 0 28px">
      <mj-column>
        <mj-divider border-width="1px" border-color="#d9d2c5" padding="4px 32px 12px" />
        <mj-text mj-class="eyebrow">${texts.datesTitle}</mj-text>
        <mj-text>${texts.dates.join('<br />')}</mj-text>
      </mj-column>
    </mj-section>`;
  const mjml = frame(locale, texts.masthead, PALETTE, sections);
  return {
    key: 'newsletter',
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
