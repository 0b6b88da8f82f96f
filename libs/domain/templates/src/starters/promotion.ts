import { frame } from './frame.js';
import type { Palette, Starter, StarterLocale } from './frame.js';

const PALETTE: Palette = { page: '#eceff8', accent: '#1f3fbf', onAccent: '#ffffff', tint: '#e8ecfb' };

interface Offer {
  name: string;
  text: string;
  price: string;
  before: string;
  link: string;
}
interface Texts {
  name: string;
  description: string;
  subject: string;
  preheader: string;
  eyebrow: string;
  percent: string;
  headline: string;
  lead: string;
  couponLabel: string;
  button: string;
  view: string;
  offers: [Offer, Offer];
  gift: string;
  terms: string;
}

const TEXTS: Record<StarterLocale, Texts> = {
  'zh-CN': {
    name: '限时促销',
    description: '大字折扣、优惠码和两件商品，会员多看到一段专享内容。',
    subject: '（广告）{{default name "朋友"}}，会员日全场八折，只到周日',
    preheader: '结算时输入优惠码 MAY20，周日 24:00 前有效。',
    eyebrow: '会员日 · 5 月 8–11 日',
    percent: '8 折',
    headline: '全场八折，只到周日',
    lead: '{{default name "朋友"}}，一年两次的会员日开始了。把喜欢的放进购物车，结算时输入优惠码即可。',
    couponLabel: '您的优惠码',
    button: '去选购',
    view: '查看',
    offers: [
      {
        name: '亚麻四件套',
        text: '水洗三次，越睡越软。',
        price: '¥ 479',
        before: '¥ 599',
        link: 'https://www.example.com/linen',
      },
      {
        name: '手冲咖啡壶',
        text: '细口慢流，控水不手抖。',
        price: '¥ 159',
        before: '¥ 199',
        link: 'https://www.example.com/kettle',
      },
    ],
    gift: '老客户专享：本周下单另赠手作香片一份，随包裹寄出。',
    terms: '优惠码每人限用一次，不与其他优惠同享；预售商品除外。',
  },
  en: {
    name: 'Limited offer',
    description: 'A large discount, a code and two products; members see a paragraph of their own.',
    subject: '{{default name "Friend"}}, 20 % off everything until Sunday',
    preheader: 'Enter MAY20 at the checkout, valid until Sunday midnight.',
    eyebrow: 'MEMBERS’ DAYS · 8–11 MAY',
    percent: '20 % off',
    headline: 'Everything, until Sunday',
    lead: '{{default name "Friend"}}, our members’ days come twice a year, and they begin today. Fill your basket and enter the code at the checkout.',
    couponLabel: 'YOUR CODE',
    button: 'Shop now',
    view: 'View',
    offers: [
      {
        name: 'Linen bedding',
        text: 'Washed three times, softer every night.',
        price: '£79',
        before: '£99',
        link: 'https://www.example.com/linen',
      },
      {
        name: 'Pour-over kettle',
        text: 'A narrow spout for a steady hand.',
        price: '£31',
        before: '£39',
        link: 'https://www.example.com/kettle',
      },
    ],
    gift: 'For our regulars: every order this week comes with a hand-made sachet.',
    terms: 'One use each, not with other offers; advance orders excluded.',
  },
};

const offer = (
  { name, text, price, before, link }: Offer,
  view: string,
) => `      <mj-column width="50%" padding="8px" vertical-align="top">
        <mj-text padding="20px 20px 0" font-size="18px" font-weight="bold" color="#15181d" container-background-color="${PALETTE.tint}">${name}</mj-text>
        <mj-text padding="4px 20px 0" font-size="15px" container-background-color="${PALETTE.tint}">${text}</mj-text>
        <mj-text padding="4px 20px 20px" container-background-color="${PALETTE.tint}"><strong>${price}</strong> <s style="color:#5b616b">${before}</s><br /><a href="${link}">${view} →</a></mj-text>
      </mj-column>`;

/** A sale with a code. */
export function promotion(locale: StarterLocale): Starter {
  const { name, description, subject, preheader, ...texts } = TEXTS[locale];
  const sections = `    <mj-section background-color="${PALETTE.accent}" padding="48px 0" border-radius="8px 8px 0 0">
      <mj-column>
        <mj-text align="center" color="#cfd8ff" font-size="13px" letter-spacing="2px" font-weight="bold">${texts.eyebrow}</mj-text>
        <mj-text align="center" color="#ffffff" font-size="56px" line-height="1.2" font-weight="bold">${texts.percent}</mj-text>
        <mj-text align="center" color="#ffffff" font-size="22px" line-height="1.4">${texts.headline}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section padding="24px 0 8px">
      <mj-column>
        <mj-text>${texts.lead}</mj-text>
        <mj-text align="center" padding="16px 32px 4px" mj-class="eyebrow">${texts.couponLabel}</mj-text>
        <mj-table padding="4px 32px 12px" align="center" width="220px"><tr><td style="border:2px dashed ${PALETTE.accent};border-radius:6px;padding:12px;text-align:center;font-size:24px;letter-spacing:4px;font-weight:bold;color:#15181d">MAY20</td></tr></mj-table>
        <mj-button href="https://www.example.com/sale">${texts.button}</mj-button>
      </mj-column>
    </mj-section>
    <mj-section padding="8px 16px 16px">
${texts.offers.map((each) => offer(each, texts.view)).join('\n')}
    </mj-section>
    <mj-section background-color="#fff6df" padding="8px 0">
      <mj-column><mj-text font-size="15px">${texts.gift}</mj-text></mj-column>
    </mj-section>
    <mj-section border-radius="0 0 8px 8px">
      <mj-column><mj-text mj-class="small">${texts.terms}</mj-text></mj-column>
    </mj-section>`;
  const mjml = frame(locale, texts.headline, PALETTE, sections);
  return {
    key: 'promotion',
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
