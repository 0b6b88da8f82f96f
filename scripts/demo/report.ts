import type { Report } from './campaign.js';
import { count, percent, table } from './terminal.js';

/** The report of the API as tables: the funnel, the providers, why mail came back, what was clicked. */
export function printReport(report: Report): void {
  const { counts, exclusions, opens, clicks, autoReplied, providers, bounceReasons, links } = report;
  const n = (name: string) => counts[name] ?? 0;
  const tried = n('accepted') + n('rejected') + n('expired');
  const left = exclusions.map(({ reason, count: many }) => `${many} ${reason}`).join(', ');
  const delivered = n('delivered');
  table('Report', 'lrl', [
    ['Candidates 候选', count(n('candidates')), left ? `left out: ${left}` : ''],
    ['Accepted 已接收', count(n('accepted')), percent(n('accepted'), tried)],
    ['Rejected 被拒', count(n('rejected')), percent(n('rejected'), tried)],
    ['Bounced 退信', count(n('bounced')), `${n('bouncedHard')} hard, ${n('bouncedSoft')} soft`],
    ['Delivered 送达', count(delivered), percent(delivered, tried)],
    [
      'Opened 打开',
      count(n('opened')),
      `${percent(n('opened'), delivered)}, machines apart: ${count(opens.machine.unique)}`,
    ],
    [
      'Clicked 点击',
      count(n('clicked')),
      `${percent(n('clicked'), delivered)}, machines apart: ${count(clicks.machine.unique)}`,
    ],
    ['Replied 回复', count(n('replied')), `${percent(n('replied'), delivered)}, out of office: ${autoReplied}`],
    ['Unsubscribed 退订', count(n('unsubscribed')), percent(n('unsubscribed'), delivered)],
    ['Complained 投诉', count(n('complained')), percent(n('complained'), delivered)],
    ['Uncertain 待核实', count(n('uncertain')), ''],
  ]);
  table('By mailbox provider', 'lrrrrr', [
    ['', 'prepared', 'accepted', 'bounced', 'opened', 'clicked'],
    ...providers.map((row) => [
      row.provider,
      ...[row.prepared, row.accepted, row.bounced, row.opened, row.clicked].map(count),
    ]),
  ]);
  table('Why mail failed', 'lrl', [
    ['', '', 'for example'],
    ...bounceReasons.map((row) => [`${row.reason} (${row.kind})`, count(row.count), shorten(row.sample)]),
  ]);
  table(
    'Clicked by people',
    'lr',
    links.map((link) => [link.url, count(link.human.unique)]),
  );
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}
