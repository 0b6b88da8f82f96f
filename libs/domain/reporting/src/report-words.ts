import type { ExclusionReason, Locale, RecipientStatus } from '#contracts';

/** Figures of the first sheet, in their order. */
export const FIGURES = [
  'candidates',
  'excluded',
  'prepared',
  'sent',
  'accepted',
  'rejected',
  'expired',
  'uncertain',
  'skipped',
  'delivered',
  'bouncedHard',
  'bouncedSoft',
  'opened',
  'clicked',
  'replied',
  'unsubscribed',
  'complained',
  'machineOpened',
  'machineClicked',
] as const;

/** Rates of the first sheet, in their order: a count, of how many, and the hundredths that makes. */
export const RATES = [
  'delivery',
  'bounce',
  'open',
  'click',
  'clickToOpen',
  'reply',
  'unsubscribe',
  'complaint',
] as const;

interface ReportWords {
  sheets: Record<'report' | 'links' | 'bounces' | 'providers' | 'recipients', string>;
  figures: Record<(typeof FIGURES)[number], string>;
  rates: Record<(typeof RATES)[number], string>;
  outcomes: Record<RecipientStatus | 'excluded', string>;
  exclusions: Record<ExclusionReason, string>;
  bounceKinds: Record<'hard' | 'soft', string>;
  /** First sheet: whose clock the times are of. */
  timezone: string;
  columns: Record<'report' | 'links' | 'bounces' | 'providers' | 'recipients', readonly string[]>;
}

/** What a workbook says in each language, in the words of GLOSSARY.md. */
export const REPORT_WORDS: Record<Locale, ReportWords> = {
  'zh-CN': {
    sheets: { report: '报告', links: '链接', bounces: '退信', providers: '邮箱服务商', recipients: '收件人' },
    figures: {
      candidates: '候选收件人',
      excluded: '排除',
      prepared: '收件人',
      sent: '发送',
      accepted: '已接收',
      rejected: '被拒',
      expired: '超时',
      uncertain: '待核实',
      skipped: '已跳过',
      delivered: '送达',
      bouncedHard: '硬退信',
      bouncedSoft: '软退信',
      opened: '打开',
      clicked: '点击',
      replied: '回复',
      unsubscribed: '退订',
      complained: '投诉',
      machineOpened: '机器打开',
      machineClicked: '机器点击',
    },
    rates: {
      delivery: '送达率',
      bounce: '退信率',
      open: '打开率',
      click: '点击率',
      clickToOpen: '点击打开比',
      reply: '回复率',
      unsubscribe: '退订率',
      complaint: '投诉率',
    },
    outcomes: {
      pending: '等待发送',
      accepted: '已接收',
      rejected: '被拒',
      expired: '超时',
      uncertain: '待核实',
      skipped: '已跳过',
      excluded: '已排除',
    },
    exclusions: {
      excluded_list: '在排除的列表中',
      excluded_segment: '在排除的细分人群中',
      suppressed: '在屏蔽名单中',
      not_subscribed: '没有订阅任何列表',
      unsubscribed: '已退订',
      unconfirmed: '待确认',
      held: '来自退信过多的导入，暂停发送',
      hold_out: 'A/B 测试的对照组，什么都不发',
    },
    bounceKinds: { hard: '硬退信', soft: '软退信' },
    timezone: '时间的时区',
    columns: {
      report: ['指标', '数量', '总数', '比率（%）'],
      links: ['链接', '独立点击', '总点击', '机器点击'],
      bounces: ['原因', '类型', '数量', '对方服务器的原话'],
      providers: ['邮箱服务商', '收件人', '已接收', '被拒', '超时', '退信', '打开', '点击', '回复', '退订', '投诉'],
      recipients: [
        ...['邮箱', '姓名', '邮箱服务商', '发送结果', '排除原因', '接收时间', '退信时间', '退信类型', '退信原因'],
        ...['打开时间', '点击时间', '回复时间', '退订时间', '投诉时间', '尝试次数', '服务器最后的答复'],
      ],
    },
  },
  en: {
    sheets: { report: 'Report', links: 'Links', bounces: 'Bounces', providers: 'Providers', recipients: 'Recipients' },
    figures: {
      candidates: 'Candidates',
      excluded: 'Excluded',
      prepared: 'Recipients',
      sent: 'Sent',
      accepted: 'Accepted',
      rejected: 'Rejected',
      expired: 'Expired',
      uncertain: 'Uncertain',
      skipped: 'Skipped',
      delivered: 'Delivered',
      bouncedHard: 'Hard bounces',
      bouncedSoft: 'Soft bounces',
      opened: 'Opened',
      clicked: 'Clicked',
      replied: 'Replies',
      unsubscribed: 'Unsubscribed',
      complained: 'Complaints',
      machineOpened: 'Machine opens',
      machineClicked: 'Machine clicks',
    },
    rates: {
      delivery: 'Delivery rate',
      bounce: 'Bounce rate',
      open: 'Open rate',
      click: 'Click rate',
      clickToOpen: 'Click-to-open',
      reply: 'Reply rate',
      unsubscribe: 'Unsubscribe rate',
      complaint: 'Complaint rate',
    },
    outcomes: {
      pending: 'Pending',
      accepted: 'Accepted',
      rejected: 'Rejected',
      expired: 'Expired',
      uncertain: 'Uncertain',
      skipped: 'Skipped',
      excluded: 'Excluded',
    },
    exclusions: {
      excluded_list: 'On a list that is left out',
      excluded_segment: 'In a segment that is left out',
      suppressed: 'On the suppression list',
      not_subscribed: 'Subscribed to no list',
      unsubscribed: 'Unsubscribed',
      unconfirmed: 'Unconfirmed',
      held: 'From an import held back for bounces',
      hold_out: 'Hold-out group of the A/B test, gets nothing',
    },
    bounceKinds: { hard: 'Hard bounce', soft: 'Soft bounce' },
    timezone: 'Time zone of all times',
    columns: {
      report: ['Figure', 'Count', 'Of', 'Rate (%)'],
      links: ['Link', 'Unique clicks', 'All clicks', 'Machine clicks'],
      bounces: ['Reason', 'Kind', 'Count', 'In the words of a server'],
      providers: [
        ...['Provider', 'Recipients', 'Accepted', 'Rejected', 'Expired', 'Bounced', 'Opened', 'Clicked', 'Replies'],
        ...['Unsubscribed', 'Complaints'],
      ],
      recipients: [
        ...['Address', 'Name', 'Provider', 'Outcome', 'Excluded because', 'Accepted', 'Bounced', 'Bounce kind'],
        ...['Bounce reason', 'Opened', 'Clicked', 'Replied', 'Unsubscribed', 'Complained', 'Attempts', 'Last answer'],
      ],
    },
  },
};
