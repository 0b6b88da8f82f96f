import { frame, section } from './frame.js';
import type { Starter } from './starter.js';

const ACCENT = '#a8071a';

/** One offer with a deadline, and a word for members of a tag-like field. */
export const PROMOTION: Starter[] = [
  {
    key: 'promotion',
    locale: 'zh-CN',
    name: '促销',
    description: '一个优惠、一个截止日期、一个按钮。',
    subject: '{{default name "您好"}}，本周全场八折',
    preheader: '周日 24 点前有效，专属优惠码在信里',
    mjml: frame(
      'zh-CN',
      ACCENT,
      [
        section(`        <mj-text align="center" font-size="14px" color="#595959" padding-bottom="0">只到本周日 24:00</mj-text>
        <mj-text align="center" font-size="44px" font-weight="bold" line-height="1.2" color="${ACCENT}">全场 8 折</mj-text>
        <mj-text align="center">{{default name "亲爱的朋友"}}，感谢您一直以来的支持。结账时输入优惠码：</mj-text>
        <mj-text align="center" font-size="24px" font-weight="bold" letter-spacing="4px" container-background-color="#fff2f0">{{default fields.coupon "HONGYAN20"}}</mj-text>
        <mj-button href="https://www.example.com/sale">去看看</mj-button>`),
        section(
          `        <mj-divider border-width="1px" border-color="#e8e8e8" padding="0 0 16px" />
        <mj-text font-size="14px" color="#595959" padding="0">优惠不与其他活动同享，每人限用一次。详情见<a href="https://www.example.com/terms">活动规则</a>。</mj-text>`,
          '0 32px 28px',
        ),
      ].join('\n'),
    ),
  },
  {
    key: 'promotion',
    locale: 'en',
    name: 'Promotion',
    description: 'One offer, one deadline, one button.',
    subject: '{{default name "Hello"}}, 20% off everything this week',
    preheader: 'Until Sunday midnight; your code is inside',
    mjml: frame(
      'en',
      ACCENT,
      [
        section(`        <mj-text align="center" font-size="14px" color="#595959" padding-bottom="0">Until Sunday, midnight</mj-text>
        <mj-text align="center" font-size="44px" font-weight="bold" line-height="1.2" color="${ACCENT}">20% off</mj-text>
        <mj-text align="center">{{default name "Dear friend"}}, thank you for staying with us. Enter this code at the checkout:</mj-text>
        <mj-text align="center" font-size="24px" font-weight="bold" letter-spacing="4px" container-background-color="#fff2f0">{{default fields.coupon "HONGYAN20"}}</mj-text>
        <mj-button href="https://www.example.com/sale">See what is on sale</mj-button>`),
        section(
          `        <mj-divider border-width="1px" border-color="#e8e8e8" padding="0 0 16px" />
        <mj-text font-size="14px" color="#595959" padding="0">Not to be combined with other offers, once per person. See the <a href="https://www.example.com/terms">terms</a>.</mj-text>`,
          '0 32px 28px',
        ),
      ].join('\n'),
    ),
  },
];
