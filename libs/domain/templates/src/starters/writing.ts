import type { Doc, DocLocale } from '#contracts';
import { Parts, QUIET, padding, space } from './parts.js';
import type { StarterTexts } from './parts.js';

type Design = Record<DocLocale, StarterTexts> & { build(locale: DocLocale): Doc };

const pick = <T>(locale: DocLocale, zh: T, en: T): T => (locale === 'zh-CN' ? zh : en);

export const newsletter: Design = {
  'zh-CN': {
    name: '通讯',
    description: '定期来信：一篇重点，两则短讯，适合月刊或周刊。',
    subject: '三月来信：为什么我们不再做塑料包装',
    preheader: '还有：一张春天的茶单，和一位读者的来信。',
  },
  en: {
    name: 'Newsletter',
    description: 'A regular letter: one main story and two short ones, for a month or a week.',
    subject: 'March: why we gave up plastic packaging',
    preheader: 'Also: a tea list for spring, and a letter from a reader.',
  },
  build(locale) {
    const p = new Parts(locale, '#2f5d3a');
    const more = (label: string, path: string) =>
      p.button(label, path, { bg: '#ffffff', color: p.accent, fontSize: 15, padding: { ...space(2, 4), left: 8 } });
    const story = (eyebrow: string, title: string, text: string, path: string) => [
      p.eyebrow(eyebrow),
      p.heading(title, 3, { padding: space(0, 2) }),
      p.text(text, { padding: space(2, 4) }),
      more(pick(locale, '读下去 →', 'Read on →'), path),
    ];
    return p.document(
      [
        p.section(
          [
            p.column([p.heading('{workspace.name|来信}', 2, { padding: { ...space(24, 0), right: 0 } })], {
              vAlign: 'middle',
            }),
            p.column(
              [
                p.text(pick(locale, '第 12 期 · 三月', 'No. 12 · March'), {
                  align: 'right',
                  fontSize: 14,
                  color: QUIET,
                  padding: { ...space(28, 0), left: 0 },
                }),
              ],
              { widthPercent: 40, vAlign: 'middle' },
            ),
          ],
          { stackOnMobile: false },
        ),
        p.section([
          p.divider(),
          p.eyebrow(pick(locale, '本期重点', 'The main story')),
          p.heading(pick(locale, '为什么我们不再做塑料包装', 'Why we gave up plastic packaging'), 1, {
            fontSize: 28,
            padding: space(0, 8),
          }),
          p.text(
            pick(
              locale,
              [
                '{name|您好}，去年我们寄出了四万多个包裹，每个里面都有一层气泡膜。今年一月起，它不见了。',
                '换成纸浆托之后，破损率先是涨了一倍，又在两个月里降到了比从前更低的水平。这中间我们学到了什么？',
              ],
              [
                'Hello {name|there}, last year we sent forty thousand parcels, each with a layer of bubble wrap. Since January it is gone.',
                'With moulded pulp, breakage first doubled, then fell below what it was before. This is what we learned on the way.',
              ],
            ),
          ),
          p.button(pick(locale, '读全文', 'Read the story'), '/stories/packaging'),
          p.divider(),
          ...story(
            pick(locale, '茶单', 'Tea list'),
            pick(locale, '春天喝什么', 'What to drink in spring'),
            pick(
              locale,
              '明前的绿茶贵在哪里，又有哪三款平价的不输它。',
              'Why the first green tea costs so much, and three that don’t.',
            ),
            '/stories/tea',
          ),
          p.divider(),
          ...story(
            pick(locale, '读者来信', 'A reader writes'),
            pick(locale, '“杯子摔了，可以只买盖子吗？”', '“Can I buy just the lid?”'),
            pick(
              locale,
              '当然可以。顺便说说我们为什么坚持零件单卖。',
              'Of course. And why every part is sold by itself.',
            ),
            '/stories/letters',
          ),
        ]),
        p.footer(),
      ],
      { bg: '#f3f4ef' },
    );
  },
};

export const invitation: Design = {
  'zh-CN': {
    name: '活动邀请',
    description: '请人来参加一场活动：时间、地点、议程，和一个报名按钮。',
    subject: '邀请您参加：四月十八日，上海，茶与器',
    preheader: '名额四十位，报名从速。',
  },
  en: {
    name: 'Invitation',
    description: 'Invite people to an event: when, where, what happens, and one button.',
    subject: 'You are invited: Tea and clay, 18 April, Shanghai',
    preheader: 'There are forty seats.',
  },
  build(locale) {
    const p = new Parts(locale, '#5a3e85');
    const fact = (label: string, text: string) => [
      p.text(label, { fontSize: 13, color: QUIET, padding: { ...space(6, 0), left: 32 } }),
      p.text(text, { padding: { ...space(0, 4), left: 32 } }),
    ];
    return p.document([
      p.brand(),
      p.section([
        p.eyebrow(pick(locale, '邀请函', 'Invitation')),
        p.heading(pick(locale, '茶与器：一个下午的分享', 'Tea and clay: an afternoon'), 1, {
          fontSize: 32,
          padding: space(0, 10),
        }),
        p.text(
          pick(
            locale,
            '{name|您好}，我们请来了三位制陶的朋友，带着各自最满意的一只壶，讲讲它是怎么来的。',
            'Hello {name|there}, three potters will bring the one pot they like best, and tell how it came to be.',
          ),
        ),
      ]),
      p.section(
        [
          p.column(
            [
              p.text(pick(locale, '四月', 'April'), {
                align: 'center',
                fontSize: 15,
                color: '#e4daf3',
                padding: space(18, 0),
              }),
              p.heading('18', 1, {
                align: 'center',
                color: '#ffffff',
                fontSize: 52,
                lineHeight: 1.1,
                padding: space(0, 0),
              }),
              p.text(pick(locale, '星期六', 'Saturday'), {
                align: 'center',
                fontSize: 15,
                color: '#e4daf3',
                padding: space(0, 18),
              }),
            ],
            { widthPercent: 32, bg: p.accent, vAlign: 'middle' },
          ),
          p.column([
            ...fact(
              pick(locale, '时间', 'Time'),
              pick(locale, '14:00 – 17:00，13:30 开始入场', '2 pm to 5 pm, doors open at 1.30'),
            ),
            ...fact(
              pick(locale, '地点', 'Place'),
              pick(locale, '上海市徐汇区示例路 18 号 二楼', '18 Example Road, 2nd floor, Shanghai'),
            ),
            ...fact(pick(locale, '费用', 'Price'), pick(locale, '免费，含一杯茶', 'Free, with a cup of tea')),
          ]),
        ],
        { bg: '#f6f3fa', padding: padding(0, 0) },
      ),
      p.section([
        p.heading(pick(locale, '当天安排', 'The afternoon'), 3, { padding: space(14, 2) }),
        p.list(
          pick(
            locale,
            ['14:00　三位匠人，三只壶', '15:30　茶歇，可以上手摸', '16:00　问答，与现场拉坯'],
            [
              '2.00 – Three potters, three pots',
              '3.30 – Tea, and hands on',
              '4.00 – Questions, and a turn at the wheel',
            ],
          ),
        ),
        p.button(pick(locale, '我要报名', 'Save my seat'), '/events/tea'),
        p.text(
          pick(
            locale,
            '来不了？回复“下次”，我们有新的活动会先告诉您。',
            'Can’t come? Reply “next time” and you will hear first.',
          ),
          { fontSize: 14, color: QUIET },
        ),
      ]),
      p.footer(),
    ]);
  },
};

export const survey: Design = {
  'zh-CN': {
    name: '问卷',
    description: '一封信只问一个问题：点一下就回答了。',
    subject: '{{default name "您好"}}，只问一个问题',
    preheader: '点一下就好，十秒钟。',
  },
  en: {
    name: 'Survey',
    description: 'One mail, one question: a click is the answer.',
    subject: 'One question for you, {{default name "if we may"}}',
    preheader: 'One click, ten seconds.',
  },
  build(locale) {
    const p = new Parts(locale, '#0b5c8a');
    const answer = (label: string, path: string) =>
      p.button(label, path, {
        fullWidth: true,
        align: 'center',
        bg: '#e8f1f7',
        color: '#0b4568',
        padding: space(4, 4),
      });
    return p.document([
      p.brand(),
      p.section([
        p.heading(pick(locale, '上次购物，您还满意吗？', 'How was your last order?'), 1, {
          fontSize: 30,
          padding: space(10, 8),
        }),
        p.text(
          pick(
            locale,
            '{name|您好}，您的一次点击，比我们开三次会更有用。',
            'Hello {name|there}, one click of yours tells us more than three meetings.',
          ),
        ),
      ]),
      p.section([
        answer(pick(locale, '很满意', 'Very good'), '/survey?a=3'),
        answer(pick(locale, '还可以', 'All right'), '/survey?a=2'),
        answer(pick(locale, '不太满意', 'Not so good'), '/survey?a=1'),
      ]),
      p.section([
        p.text(
          pick(
            locale,
            '选好之后还可以留几句话。每一条我们都会看，写得具体的，我们会回信。',
            'You can leave a few words afterwards. We read them all, and answer where we can do something.',
          ),
          { fontSize: 15, color: QUIET, padding: space(8, 14) },
        ),
      ]),
      p.footer(),
    ]);
  },
};

export const winback: Design = {
  'zh-CN': {
    name: '召回',
    description: '写给许久没有回音的人：说句实话，给个理由，也给一条退路。',
    subject: '{{default name "您好"}}，还想收到我们的信吗？',
    preheader: '如果不想，点一下就不再打扰。',
  },
  en: {
    name: 'Win back',
    description: 'For those who went quiet: an honest word, a reason to stay, and a way out.',
    subject: 'Do you still want our letters, {{default name "friend"}}?',
    preheader: 'If not, one click and we stop.',
  },
  build(locale) {
    const p = new Parts(locale, '#7a4a12');
    return p.document(
      [
        p.brand(),
        p.section([
          p.heading(pick(locale, '好久不见', 'It has been a while'), 1, { fontSize: 32, padding: space(6, 8) }),
          p.text(
            pick(
              locale,
              [
                '{name|您好}，我们留意到，您有一阵子没有打开我们的信了。',
                '也许是寄得太勤，也许是写的东西不合您的心意。无论哪一种，都不该让您一封封地删。',
              ],
              [
                'Hello {name|there}, we noticed that our letters have stayed unopened for some time.',
                'Perhaps there were too many, perhaps they were not for you. Either way you should not have to delete them one by one.',
              ],
            ),
          ),
          p.heading(pick(locale, '您不在的时候，我们做了这些', 'What you have missed'), 3, { padding: space(12, 2) }),
          p.list(
            pick(
              locale,
              ['来信改为每月一封', '可以只订您关心的话题', '老顾客全年包邮'],
              ['Letters come once a month now', 'You choose the topics', 'Free shipping for members, all year'],
            ),
          ),
          p.button(pick(locale, '继续收信', 'Keep the letters coming'), '/stay'),
          p.text(
            pick(
              locale,
              '不想再收到了？点页面最下方的“退订”，我们不会再写信给您。',
              'Rather not? “Unsubscribe” below does it, and you will not hear from us again.',
            ),
            { fontSize: 15, color: QUIET, padding: space(2, 14) },
          ),
        ]),
        p.footer(),
      ],
      { bg: '#f7f2ea' },
    );
  },
};

export const receipt: Design = {
  'zh-CN': {
    name: '交易通知',
    description: '由程序触发的订单确认：订单号、金额、日期来自 data，没有退订链接。',
    subject: '订单 {{default data.order.number "（编号）"}} 已确认',
    preheader: '我们已经收到您的付款。',
  },
  en: {
    name: 'Order notice',
    description: 'An order confirmation sent by a program: number, total and date come from data; no unsubscribe link.',
    subject: 'Order {{default data.order.number "(number)"}} is confirmed',
    preheader: 'We have received your payment.',
  },
  build(locale) {
    const p = new Parts(locale, '#1554ad');
    const format = pick(locale, 'dateZh', 'dateEn');
    const row = (label: string, value: string) =>
      p.section(
        [
          p.column([p.text(label, { color: QUIET, fontSize: 15, padding: { ...space(4, 4), right: 0 } })], {
            widthPercent: 36,
          }),
          p.column([p.text(value, { align: 'right', fontSize: 15, padding: { ...space(4, 4), left: 0 } })]),
        ],
        { stackOnMobile: false, padding: padding(2, 0) },
      );
    const dash = '—';
    return p.document([
      p.brand(),
      p.section([
        p.heading(pick(locale, '订单已确认', 'Your order is confirmed'), 1, { fontSize: 28, padding: space(4, 8) }),
        p.text(
          pick(
            locale,
            '{name|您好}，我们已经收到您的付款，正在为您备货。发出后会再写信告诉您。',
            'Hello {name|there}, your payment has arrived and we are packing. You will hear again when it leaves.',
          ),
        ),
        p.divider(),
      ]),
      row(pick(locale, '订单号', 'Order'), `{data.order.number|${dash}}`),
      row(pick(locale, '下单日期', 'Date'), `{data.order.date|${dash}|${format}}`),
      row(pick(locale, '合计', 'Total'), `{data.order.total|${dash}|number2}`),
      p.section([
        p.divider(),
        p.button(pick(locale, '查看订单', 'View the order'), '/orders'),
        p.text(pick(locale, '信息有误？请直接回复这封邮件。', 'Something wrong? Just reply to this mail.'), {
          fontSize: 14,
          color: QUIET,
          padding: space(4, 24),
        }),
      ]),
    ]);
  },
};

export const letter: Design = {
  'zh-CN': {
    name: '纯文本信件',
    description: '像一个人写给另一个人的信：没有装饰，只有话。',
    subject: '一件小事，想听听您的意见',
    preheader: '',
  },
  en: {
    name: 'Plain letter',
    description: 'Like a letter from one person to another: no decoration, just words.',
    subject: 'A small thing I’d like your opinion on',
    preheader: '',
  },
  build(locale) {
    const p = new Parts(locale, '#1f2329');
    const footer = p.footer();
    return p.document(
      [
        p.section([
          p.text(
            pick(
              locale,
              [
                '{name|您好}：',
                '我是{workspace.name|这里}的负责人。冒昧写信，是因为有件事一直拿不定主意。',
                '我们打算把每月的来信改成每季一封，写得长一些，也更用心一些。您觉得好吗？',
                '不用点什么链接，直接回复一个“好”或“不好”就行。多写几句，我会更高兴。',
                '祝一切顺利。',
              ],
              [
                'Hello {name|there},',
                'I run {workspace.name|this place}, and I am writing because there is something I can’t decide.',
                'We think of turning our monthly letter into a quarterly one: longer, and with more care. Would you like that?',
                'There is nothing to click. Just reply “yes” or “no”. If you write more, all the better.',
                'All the best',
              ],
            ),
            { padding: space(20, 16) },
          ),
        ]),
        { ...footer, columns: footer.columns.map((column) => ({ ...column, blocks: column.blocks.slice(1) })) },
      ],
      { bg: '#ffffff' },
    );
  },
};
