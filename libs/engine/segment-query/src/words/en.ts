import { bounceReasonName, providerName } from './names.js';
import type { ValueTest, Words } from './words.js';

const listed = (names: readonly string[], word: string) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);
const quote = (name: string) => `“${name}”`;

function when(test: ValueTest): string {
  switch (test.op) {
    case 'today':
      return 'today';
    case 'this_month':
      return 'this month';
    case 'in_last':
      return test.days === 0 ? 'today' : `in the last ${days(test.days)}`;
    case 'before_last':
      return `more than ${days(test.days)} ago`;
    case 'in_next':
      return `in the next ${days(test.days)}`;
    case 'on':
      return `on ${test.date}`;
    case 'before':
      return `before ${test.date}`;
    case 'after':
      return `after ${test.date}`;
    case 'between':
      return `between ${test.from} and ${test.to}`;
    case 'anniversary_today':
      return 'has its anniversary today';
    case 'anniversary_this_month':
      return 'has its anniversary this month';
    case 'anniversary_in_next':
      return `has its anniversary in the next ${days(test.days)}`;
    default:
      return '';
  }
}

function test(subject: string, test: ValueTest): string {
  switch (test.op) {
    case 'is':
      return `${subject} is ${listed(test.values.map(quote), 'or')}`;
    case 'is_not':
      return `${subject} is not ${listed(test.values.map(quote), 'or')}`;
    case 'contains':
      return `${subject} contains ${quote(test.value)}`;
    case 'contains_not':
      return `${subject} does not contain ${quote(test.value)}`;
    case 'starts_with':
      return `${subject} starts with ${quote(test.value)}`;
    case 'ends_with':
      return `${subject} ends with ${quote(test.value)}`;
    case 'eq':
      return `${subject} is ${test.value}`;
    case 'ne':
      return `${subject} is not ${test.value}`;
    case 'lt':
      return `${subject} is less than ${test.value}`;
    case 'lte':
      return `${subject} is at most ${test.value}`;
    case 'gt':
      return `${subject} is more than ${test.value}`;
    case 'gte':
      return `${subject} is at least ${test.value}`;
    case 'set':
      return `${subject} is filled in`;
    case 'empty':
      return `${subject} is empty`;
    case 'ever':
      return `${subject} at any time`;
    case 'anniversary_today':
    case 'anniversary_this_month':
    case 'anniversary_in_next':
      return `${subject} ${when(test)}`;
    default:
      return `${subject} is ${when(test)}`;
  }
}

const verb = (did: string, didNot: string, any: string) => ({ did, didNot, any });

export const EN: Words = {
  sentence: (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`,
  and: ', and ',
  or: ', or ',
  group: (text) => `(${text})`,
  noneOf: (text) => `none of this holds: (${text})`,
  quote,
  listed: (names) => listed(names, 'and'),
  either: (names) => listed(names, 'or'),
  goneList: 'a deleted list',
  goneCampaign: 'a deleted campaign',
  goneField: (key) => `the deleted field ${key}`,
  property: { email: 'the e-mail address', name: 'the name', domain: 'the domain', locale: 'the language' },
  created: 'the day of creation',
  test,
  truth: (subject, value) => `${subject} is ${value ? 'yes' : 'no'}`,
  period: (period) => (period.op === 'ever' ? null : when(period)),
  tag: {
    any: (names, count) => (count === 1 ? `has the tag ${names}` : `has one of the tags ${names}`),
    all: (names, count) => (count === 1 ? `has the tag ${names}` : `has all of the tags ${names}`),
    none: (names, count) => (count === 1 ? `does not have the tag ${names}` : `has none of the tags ${names}`),
  },
  membership: { subscribed: 'subscribed to', pending: 'unconfirmed on', unsubscribed: 'unsubscribed from', any: 'on' },
  list: (op, status, names, count) => {
    const lists = count === 1 ? `the list ${names}` : `${op === 'all' ? 'all' : 'one'} of the lists ${names}`;
    return `is ${op === 'none' ? 'not ' : ''}${status} ${lists}`;
  },
  consent: (has, { lists, source, when }) =>
    [
      has ? 'has given consent' : 'has not given consent',
      ...(lists ? [`for ${lists}`] : []),
      ...(source ? [`by ${source}`] : []),
      ...(when ? [when] : []),
    ].join(' '),
  status: { active: 'active', bounced: 'bounced', complained: 'complained', suppressed: 'suppressed' },
  statusIs: 'the status',
  provider: (id) => providerName(id, 'en'),
  providerIs: 'the mailbox provider',
  oneOf: (subject, is, names) => `${subject} is ${is ? '' : 'not '}${names}`,
  reason: {
    hard_bounce: 'a hard bounce',
    soft_bounce: 'soft bounces',
    complaint: 'a complaint',
    unsubscribed: 'having unsubscribed',
    manual: 'an entry by hand',
    backed_off: 'a back-off',
    quarantined: 'a quarantined domain',
  },
  suppressed: (is, reasons) =>
    `is ${is ? '' : 'not '}on the suppression list${reasons ? ` because of ${reasons}` : ''}`,
  did: {
    sent: verb('was sent', 'was not sent', 'a campaign'),
    opened: verb('opened', 'did not open', 'a campaign'),
    clicked: verb('clicked in', 'did not click in', 'a campaign'),
    replied: verb('replied to', 'did not reply to', 'a campaign'),
    bounced: verb('bounced for', 'did not bounce for', 'a campaign'),
    bounced_hard: verb('hard-bounced for', 'did not hard-bounce for', 'a campaign'),
    bounced_soft: verb('soft-bounced for', 'did not soft-bounce for', 'a campaign'),
    complained: verb('complained about', 'did not complain about', 'a campaign'),
    unsubscribed: verb('unsubscribed by', 'did not unsubscribe by', 'a campaign'),
    bought: verb('made a purchase', 'did not make a purchase', ''),
  },
  activity: (did, { did: said, didNot, any }, { campaigns, url, when, atLeast, machine }) =>
    [
      did ? said : didNot,
      ...(campaigns || any ? [campaigns ?? any] : []),
      ...(url ? [`on a link with ${url}`] : []),
      ...(atLeast ? [`at least ${atLeast} times`] : []),
      ...(when ? [when] : did ? [] : ['ever']),
      ...(machine ? ['(machines counted)'] : []),
    ].join(' '),
  outcome: {
    prepared: 'is a recipient of',
    accepted: 'was sent',
    delivered: 'had delivered',
    opened: 'opened',
    not_opened: 'got but did not open',
    clicked: 'clicked in',
    not_clicked: 'got but did not click in',
    replied: 'replied to',
    not_replied: 'got but did not reply to',
    bounced: 'bounced for',
    bounced_hard: 'hard-bounced for',
    bounced_soft: 'soft-bounced for',
    complained: 'complained about',
    unsubscribed: 'unsubscribed by',
    rejected: 'was refused for',
    expired: 'was not reached in time by',
    uncertain: 'is uncertain for',
    skipped: 'was skipped by',
  },
  recipient: (is, campaign, outcome, { link, reason, provider }) => {
    const details = [
      ...(link ? [`link ${link}`] : []),
      ...(reason ? [`reason: ${bounceReasonName(reason, 'en')}`] : []),
      ...(provider ? [`at ${provider}`] : []),
    ];
    const said = `${outcome} ${campaign}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
    return is ? said : `it is not so that this contact ${said}`;
  },
};
