import type { Doc, DocLocale } from '#contracts';
import { Parts, QUIET, padding, space } from './parts.js';
import type { StarterTexts } from './parts.js';

type Design = Record<DocLocale, StarterTexts> & { build(locale: DocLocale): Doc };

const pick = <T>(locale: DocLocale, zh: T, en: T): T => (locale === 'zh-CN' ? zh : en);

export const welcome: Design = {
  'zh-CN': {
    name: '欢迎',
    description: '写给新订阅者的第一封信：打个招呼，说清以后会寄些什么，请对方迈出第一步。',
    subject: '{{default name "朋友"}}，欢迎来到{{workspace.name}}',
    preheader: '从这三件小事开始，几分钟就好。',
  },
  en: {
    name: 'Welcome',
    description: 'The first letter to a new subscriber: say hello, say what to expect, offer a first step.',
    subject: 'Welcome to {{workspace.name}}, {{default name "friend"}}',
    preheader: 'Three small things to get you started.',
  },
  build(locale) {
    const p = new Parts(locale, '#0f6b58');
    const step = (number: number, title: string, text: string) =>
      p.section(
        [
          p.column([p.heading(String(number), 2, { color: p.accent, padding: { ...space(6, 6), right: 0 } })], {
            widthPercent: 14,
          }),
          p.column([
            p.heading(title, 3, { padding: { ...space(6, 0), left: 8 } }),
            p.text(text, { color: QUIET, fontSize: 15, padding: { ...space(0, 8), left: 8 } }),
          ]),
        ],
        { stackOnMobile: false, padding: padding(4, 0) },
      );
    const steps = pick(
      locale,
      [
        ['认识一下我们', '用两分钟，看看我们怎么挑选每一件东西。'],
        ['选好感兴趣的话题', '告诉我们您喜欢什么，其余的就不打扰您了。'],
        ['领取见面礼', '首单立减 30 元，三十天内有效。'],
      ],
      [
        ['See who we are', 'Two minutes on how we choose what we sell.'],
        ['Pick your topics', 'Tell us what you like, and we leave out the rest.'],
        ['Take your gift', '5 off your first order, valid for thirty days.'],
      ],
    );
    return p.document([
      p.section(
        [
          p.text(pick(locale, '{name|朋友}，您好：', 'Hello {name|friend},'), {
            color: '#d7ece5',
            fontSize: 15,
            padding: space(28, 4),
          }),
          p.heading(pick(locale, '很高兴认识您', 'It is good to meet you'), 1, {
            color: '#ffffff',
            fontSize: 32,
            padding: space(0, 30),
          }),
        ],
        { bg: p.accent },
      ),
      p.section([
        p.text(
          pick(
            locale,
            '谢谢您订阅{workspace.name|我们的来信}。我们每月只写一两封信，也只在值得您花时间的时候写：新到的好物、用得上的经验，还有给老朋友的优惠。',
            'Thank you for joining {workspace.name|us}. We write once or twice a month, and only when it is worth your time: new arrivals, practical guides, and offers for members.',
          ),
          { padding: space(18, 6) },
        ),
      ]),
      ...steps.map(([title, text], index) => step(index + 1, title ?? '', text ?? '')),
      p.section([p.button(pick(locale, '从这里开始', 'Start here'), '/start')]),
      p.section([
        p.text(
          pick(
            locale,
            '有任何问题，直接回复这封邮件就好，会有同事亲自答复您。',
            'Any question? Just reply to this mail: a person will answer.',
          ),
          { fontSize: 15, color: QUIET },
        ),
      ]),
      p.footer(),
    ]);
  },
};

export const promotion: Design = {
  'zh-CN': {
    name: '促销',
    description: '一个优惠、一个期限、一个按钮。适合限时折扣。',
    subject: '本周末，全场八折',
    preheader: '结账时输入 SPRING20，周日 24 点前有效。',
  },
  en: {
    name: 'Promotion',
    description: 'One offer, one deadline, one button: for a sale that ends soon.',
    subject: 'This weekend: 20% off everything',
    preheader: 'Use SPRING20 at checkout, until Sunday midnight.',
  },
  build(locale) {
    const p = new Parts(locale, '#a8321f');
    const center = { align: 'center' as const };
    const card = (title: string, text: string) =>
      p.column([
        p.heading(title, 3, { padding: { ...space(14, 0), left: 32, right: 12 } }),
        p.text(text, { fontSize: 14, color: QUIET, padding: { ...space(2, 14), left: 32, right: 12 } }),
      ]);
    return p.document([
      p.section(
        [
          p.eyebrow(pick(locale, '春季特惠 · 仅限本周末', 'Spring offer · this weekend only'), {
            ...center,
            color: '#ffe3dc',
            padding: space(36, 0),
          }),
          p.heading(pick(locale, '全场八折', '20% off'), 1, {
            ...center,
            color: '#ffffff',
            fontSize: 56,
            lineHeight: 1.2,
            padding: space(4, 4),
          }),
          p.text(pick(locale, '不限品类，不设门槛，已折商品同享。', 'Everything, no minimum, sale items included.'), {
            ...center,
            color: '#ffe3dc',
            padding: space(4, 36),
          }),
        ],
        { bg: p.accent, padding: padding(0, 0) },
      ),
      p.section([
        p.text(pick(locale, '{name|您好}，结账时输入优惠码：', 'Hello {name|there}, enter this code at checkout:'), {
          ...center,
          padding: space(20, 4),
        }),
        p.heading('SPRING20', 2, { ...center, color: p.accent, bg: '#fdf1ee', fontSize: 28, padding: space(14, 14) }),
        p.text(pick(locale, '周日 24:00 前有效，每人限用一次。', 'Valid until Sunday midnight, once per customer.'), {
          ...center,
          fontSize: 14,
          color: QUIET,
        }),
        p.button(pick(locale, '现在去挑', 'Shop now'), '/sale', center),
      ]),
      p.section(
        [
          card(
            pick(locale, '满 99 元包邮', 'Free shipping'),
            pick(locale, '全国大部分地区次日达。', 'On every order over 15.'),
          ),
          card(
            pick(locale, '三十天无忧退换', '30 days to return'),
            pick(locale, '不合适就退，运费我们出。', 'Not right? We pay the way back.'),
          ),
        ],
        { bg: '#f7f5f3' },
      ),
      p.footer(),
    ]);
  },
};

export const launch: Design = {
  'zh-CN': {
    name: '新品',
    description: '介绍一件新东西：它是什么，好在哪里，到哪里看。',
    subject: '新品上市：一把能用十年的雨伞',
    preheader: '我们改了十七次伞骨，才敢这么说。',
  },
  en: {
    name: 'New product',
    description: 'Introduce one new thing: what it is, what makes it good, where to see it.',
    subject: 'New: an umbrella for the next ten years',
    preheader: 'It took us seventeen tries to say so.',
  },
  build(locale) {
    const p = new Parts(locale, '#1d3557');
    const feature = (title: string, text: string) =>
      p.column([
        p.heading(title, 3, { color: p.accent, padding: { ...space(8, 0), right: 8 } }),
        p.text(text, { fontSize: 14, color: QUIET, padding: { ...space(2, 8), right: 8 } }),
      ]);
    return p.document([
      p.brand(),
      p.section(
        [
          p.eyebrow(pick(locale, '新品上市', 'New'), { color: '#a8c5e2', padding: space(40, 4) }),
          p.heading(pick(locale, '一把能用十年的雨伞', 'An umbrella for the next ten years'), 1, {
            color: '#ffffff',
            fontSize: 34,
            padding: space(0, 6),
          }),
          p.text(pick(locale, '我们改了十七次伞骨，才敢这么说。', 'It took us seventeen tries to say so.'), {
            color: '#d5e2ef',
            padding: space(0, 40),
          }),
        ],
        { bg: p.accent, padding: padding(0, 0) },
      ),
      p.section([
        p.text(
          pick(
            locale,
            '{name|您好}，大多数雨伞坏在同一个地方：伞骨的第二个关节。我们把它换成了整根的玻璃纤维，风再大也只是弯一弯，不会折。',
            'Hello {name|there}, most umbrellas break in the same place: the second joint of a rib. Ours has none. One piece of glass fibre bends in the wind and comes back.',
          ),
          { padding: space(20, 10) },
        ),
      ]),
      p.section([
        feature(
          pick(locale, '扛得住', 'Strong'),
          pick(locale, '八级风里开合三百次，无一损坏。', '300 openings in a gale, none broken.'),
        ),
        feature(
          pick(locale, '拿得轻', 'Light'),
          pick(locale, '三百二十克，比一罐饮料还轻。', '320 grams: less than a can of soda.'),
        ),
        feature(
          pick(locale, '修得了', 'Repairable'),
          pick(locale, '零件单卖，十年内都配得到。', 'Every part is sold for ten years.'),
        ),
      ]),
      p.section([
        p.button(pick(locale, '看看它', 'See it'), '/umbrella'),
        p.text(
          pick(
            locale,
            '首批两千把，订阅者可提前三天购买。',
            'The first two thousand go to subscribers, three days early.',
          ),
          { fontSize: 14, color: QUIET },
        ),
      ]),
      p.footer(),
    ]);
  },
};

export const holiday: Design = {
  'zh-CN': {
    name: '节日',
    description: '逢年过节的一句问候，不卖东西，也可以带一份小礼。',
    subject: '{{default name "朋友"}}，新春快乐',
    preheader: '谢谢您这一年的陪伴。',
  },
  en: {
    name: 'Holiday',
    description: 'Season’s greetings that sell nothing, with a small gift if you like.',
    subject: 'Happy New Year, {{default name "friend"}}',
    preheader: 'Thank you for a year together.',
  },
  build(locale) {
    const p = new Parts(locale, '#8c1c13');
    const center = { align: 'center' as const };
    return p.document(
      [
        p.section(
          [
            p.eyebrow(pick(locale, '岁序更新', 'A new year'), { ...center, color: '#f3d9a4', padding: space(52, 6) }),
            p.heading(pick(locale, '新春快乐', 'Happy New Year'), 1, {
              ...center,
              color: '#fbeccb',
              fontSize: 46,
              lineHeight: 1.3,
              padding: space(0, 6),
            }),
            p.text(pick(locale, '愿您所行皆坦途，所遇皆良人', 'May the road be kind, and the company good'), {
              ...center,
              color: '#f3d9a4',
              padding: space(0, 52),
            }),
          ],
          { bg: p.accent, padding: padding(0, 0) },
        ),
        p.section([
          p.text(
            pick(
              locale,
              [
                '{name|朋友}，您好：',
                '这一年，您拆开过我们的包裹，也写信告诉过我们哪里做得不好。因为有您，我们才知道路该往哪里走。',
                '来年，我们还在这里，认真做好每一件小事。',
              ],
              [
                'Dear {name|friend},',
                'This year you opened our parcels, and told us where we fell short. That is how we know which way to go.',
                'Next year we will be here again, taking care of the small things.',
              ],
            ),
            { padding: space(26, 10) },
          ),
          p.text(pick(locale, '{workspace.name|我们}　敬上', 'Yours, {workspace.name|all of us}'), {
            align: 'right',
            padding: space(0, 14),
          }),
        ]),
        p.section(
          [
            p.text(
              pick(
                locale,
                '一份小小的心意：正月十五前下单，满 100 减 20。',
                'A small gift: 5 off any order before the end of January.',
              ),
              { ...center, padding: space(14, 0) },
            ),
            p.button(pick(locale, '收下', 'Take it'), '/gift', { ...center }),
          ],
          { bg: '#fdf6e8' },
        ),
        p.footer(),
      ],
      { bg: '#f6efe3', font: 'serif' },
    );
  },
};
