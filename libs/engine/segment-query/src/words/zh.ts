import { bounceReasonName, providerName } from './names.js';
import type { ValueTest, Words } from './words.js';

const quote = (name: string) => `「${name}」`;
const either = (names: readonly string[]) => names.join('或');
const verb = (did: string, didNot: string, any: string) => ({ did, didNot, any });

function when(test: ValueTest): string {
  switch (test.op) {
    case 'today':
      return '今天';
    case 'this_month':
      return '本月';
    case 'in_last':
      return test.days === 0 ? '今天' : `最近 ${test.days} 天内`;
    case 'before_last':
      return `${test.days} 天以前`;
    case 'in_next':
      return `未来 ${test.days} 天内`;
    case 'on':
      return `${test.date} 当天`;
    case 'before':
      return `${test.date} 之前`;
    case 'after':
      return `${test.date} 之后`;
    case 'between':
      return `${test.from} 至 ${test.to}`;
    case 'anniversary_today':
      return '周年日是今天';
    case 'anniversary_this_month':
      return '周年日在本月';
    case 'anniversary_in_next':
      return `周年日在未来 ${test.days} 天内`;
    default:
      return '';
  }
}

/** A Latin name and Chinese words stand apart. */
const spaced = (name: string) => (/[A-Za-z0-9]$/.test(name) ? `${name} ` : name);
/** What follows a Chinese word, apart from it where it begins with a figure. */
const after = (text: string) => (/^[A-Za-z0-9]/.test(text) ? ` ${text}` : text);

function test(name: string, test: ValueTest): string {
  const subject = spaced(name);
  switch (test.op) {
    case 'is':
      return `${subject}为${either(test.values.map(quote))}`;
    case 'is_not':
      return `${subject}不为${either(test.values.map(quote))}`;
    case 'contains':
      return `${subject}包含${quote(test.value)}`;
    case 'contains_not':
      return `${subject}不包含${quote(test.value)}`;
    case 'starts_with':
      return `${subject}以${quote(test.value)}开头`;
    case 'ends_with':
      return `${subject}以${quote(test.value)}结尾`;
    case 'eq':
      return `${subject}等于 ${test.value}`;
    case 'ne':
      return `${subject}不等于 ${test.value}`;
    case 'lt':
      return `${subject}小于 ${test.value}`;
    case 'lte':
      return `${subject}不大于 ${test.value}`;
    case 'gt':
      return `${subject}大于 ${test.value}`;
    case 'gte':
      return `${subject}不小于 ${test.value}`;
    case 'set':
      return `${subject}已填写`;
    case 'empty':
      return `${subject}为空`;
    case 'ever':
      return `${subject}不限`;
    case 'anniversary_today':
    case 'anniversary_this_month':
    case 'anniversary_in_next':
      return `${subject}的${when(test)}`;
    case 'between':
      return `${subject}在 ${test.from} 至 ${test.to} 之间`;
    default:
      return `${subject}在${after(when(test))}`;
  }
}

const NOT_ON: Record<string, string> = {
  已订阅: '未订阅',
  等待确认订阅: '没有等待确认订阅',
  已退订: '未退订',
  在: '不在',
};

export const ZH: Words = {
  sentence: (text) => `${text}。`,
  and: '，并且',
  or: '，或者',
  group: (text) => `（${text}）`,
  noneOf: (text) => `以下都不符合（${text}）`,
  quote,
  listed: (names) => names.join('、'),
  either,
  goneList: '已删除的列表',
  goneCampaign: '已删除的营销活动',
  goneField: (key) => `已删除的字段 ${key}`,
  property: { email: '邮箱地址', name: '姓名', domain: '邮箱域名', locale: '语言' },
  created: '创建日期',
  test,
  truth: (subject, value) => `${spaced(subject)}为${value ? '是' : '否'}`,
  period: (period) => (period.op === 'ever' ? null : when(period)),
  tag: {
    any: (names, count) => (count === 1 ? `有标签${names}` : `有标签${names}中的任意一个`),
    all: (names, count) => (count === 1 ? `有标签${names}` : `同时有标签${names}`),
    none: (names, count) => (count === 1 ? `没有标签${names}` : `没有标签${names}中的任何一个`),
  },
  membership: { subscribed: '已订阅', pending: '等待确认订阅', unsubscribed: '已退订', any: '在' },
  list: (op, status, names, count) => {
    const some = count === 1 ? '' : op === 'all' ? '全部' : '任意一个';
    const place = `列表${names}${some}${status === '在' ? '中' : ''}`;
    return `${op === 'none' ? (NOT_ON[status] ?? status) : status}${place}`;
  },
  consent: (has, { lists, source, when }) =>
    `${when ?? ''}${has ? '有' : '没有'}${lists ? `对列表${lists}的` : ''}同意记录${source ? `（来源包含${source}）` : ''}`,
  status: { active: '正常', bounced: '已退信', complained: '已投诉', suppressed: '已屏蔽' },
  statusIs: '状态',
  provider: (id) => providerName(id, 'zh'),
  providerIs: '邮箱服务商',
  oneOf: (subject, is, names) => `${subject}${is ? '为' : '不为'}${after(names)}`,
  reason: {
    hard_bounce: '硬退信',
    soft_bounce: '软退信',
    complaint: '投诉',
    unsubscribed: '退订',
    manual: '手动添加',
    backed_off: '暂缓发送',
    quarantined: '域名隔离',
  },
  suppressed: (is, reasons) => `${is ? '' : '不'}在屏蔽名单中${reasons ? `（原因：${reasons}）` : ''}`,
  did: {
    sent: verb('收到过', '没有收到', '营销活动'),
    opened: verb('打开过', '没有打开', '营销活动'),
    clicked: verb('点击过', '没有点击', '营销活动'),
    replied: verb('回复过', '没有回复', '营销活动'),
    bounced: verb('退信过', '没有退信', '营销活动'),
    bounced_hard: verb('硬退信过', '没有硬退信', '营销活动'),
    bounced_soft: verb('软退信过', '没有软退信', '营销活动'),
    complained: verb('投诉过', '没有投诉', '营销活动'),
    unsubscribed: verb('退订过', '没有退订', '营销活动'),
    bought: verb('购买过', '没有购买', ''),
  },
  activity: (did, { did: said, didNot, any }, { campaigns, url, when, atLeast, machine }) => {
    const does = did ? said : when ? didNot : didNot.replace('没有', '从未');
    const what = campaigns ? `营销活动${campaigns}` : any;
    return [
      when ?? '',
      // A mail bounces, and nobody bounces a mail.
      does.includes('退信') ? what + does : does + what,
      url ? `中含${url}的链接` : '',
      atLeast ? `至少 ${atLeast} 次` : '',
      machine ? '（含机器）' : '',
    ].join('');
  },
  outcome: {
    prepared: '是收件人',
    accepted: '已接收',
    delivered: '已送达',
    opened: '打开了',
    not_opened: '已送达但未打开',
    clicked: '点击了',
    not_clicked: '已送达但未点击',
    replied: '回复了',
    not_replied: '已送达但未回复',
    bounced: '退信',
    bounced_hard: '硬退信',
    bounced_soft: '软退信',
    complained: '投诉了',
    unsubscribed: '退订了',
    rejected: '被拒',
    expired: '超时',
    uncertain: '待核实',
    skipped: '已跳过',
  },
  recipient: (is, campaign, outcome, { link, reason, provider }) => {
    const details = [
      ...(link ? [`第 ${link} 个链接`] : []),
      ...(reason ? [`原因：${bounceReasonName(reason, 'zh')}`] : []),
      ...(provider ? [provider] : []),
    ];
    const shown = details.length > 0 ? `（${details.join('，')}）` : '';
    return `在营销活动${campaign}中${is ? '' : '并非'}${outcome}${shown}`;
  },
};
