import type { SegmentCondition } from '#contracts';
import { daysOf, instantsOf } from './period.js';
import type { SegmentContext } from './segment-context.js';
import type { SqlParameters } from './sql-parameters.js';

type Activity = Extract<SegmentCondition, { kind: 'activity' }>;
type Recipient = Extract<SegmentCondition, { kind: 'recipient' }>;

/** Types of the history's lines; a person who clicks has opened, whatever the pixel says. */
const PEOPLE = {
  opened: `e.human AND e.type IN ('opened', 'clicked')`,
  clicked: `e.human AND e.type = 'clicked'`,
};
const EVENTS: Record<Exclude<Activity['did'], 'sent' | 'bought'>, string> = {
  opened: `(e.type = 'opened' OR e.human AND e.type = 'clicked')`,
  clicked: `e.type = 'clicked'`,
  replied: `e.type = 'replied'`,
  bounced: `e.type IN ('hard-bounced', 'soft-bounced', 'blocked')`,
  bounced_hard: `e.type = 'hard-bounced'`,
  bounced_soft: `e.type IN ('soft-bounced', 'blocked')`,
  complained: `e.type = 'complained'`,
  unsubscribed: `e.type = 'unsubscribed'`,
};

/** How often somebody opened: a click counts once for its mail, and only where no pixel was loaded. */
const OPENS = `count(*) FILTER (WHERE e.type = 'opened') + count(DISTINCT (e.campaign_id, e.seq))
  - count(DISTINCT (e.campaign_id, e.seq)) FILTER (WHERE e.type = 'opened')`;

/** Where it is looked up what a contact did: the ledger, what a shop reported, or the history. */
function sourceOf(did: Activity['did']): { from: string; row: string; at: string } {
  if (did === 'sent') return { from: 'campaign_recipients r', row: 'r', at: 'r.accepted_at' };
  if (did === 'bought') return { from: 'purchases p', row: 'p', at: 'p.bought_at' };
  return { from: 'events e', row: 'e', at: 'e.at' };
}

/** What a contact did, over campaigns or in the shop, whether asked for or excluded. */
export function activity(condition: Activity, parameters: SqlParameters, context: SegmentContext): string {
  const { did, campaigns, atLeast } = condition;
  const { from, row, at } = sourceOf(did);
  const where = [
    `${row}.workspace_id = ${parameters.add(context.workspaceId, 'bigint')}`,
    ...(campaigns.length > 0 ? [`${row}.campaign_id = ANY (${parameters.add(campaigns, 'bigint[]')})`] : []),
    ...kindOf(condition),
    ...within(at, condition, parameters, context),
    ...(did === 'clicked' && condition.url ? [linkContains(condition.url, parameters, context)] : []),
  ].join(' AND ');
  if (atLeast === 1) return `EXISTS (SELECT 1 FROM ${from} WHERE ${row}.contact_id = c.id AND ${where})`;
  const least = parameters.add(atLeast, 'int');
  const times = did === 'opened' ? OPENS : 'count(*)';
  // Of a few contacts each one's lines are read; of all of them every line once.
  return context.few
    ? `((SELECT ${times} FROM ${from} WHERE ${row}.contact_id = c.id AND ${where}) >= ${least})`
    : `EXISTS (SELECT 1 FROM (SELECT ${row}.contact_id FROM ${from} WHERE ${where}
         GROUP BY 1 HAVING ${times} >= ${least}) often WHERE often.contact_id = c.id)`;
}

/** Which rows of its source are meant. */
function kindOf({ did, machine }: Activity): string[] {
  if (did === 'bought') return [];
  if (did === 'sent') return ['r.accepted_at IS NOT NULL'];
  return [!machine && (did === 'opened' || did === 'clicked') ? PEOPLE[did] : EVENTS[did]];
}

function within(at: string, { when }: Activity, parameters: SqlParameters, context: SegmentContext): string[] {
  const days = daysOf(when, context);
  if (!days) return [];
  const { from, before } = instantsOf(days, context);
  return [
    ...(from ? [`${at} >= ${parameters.add(from, 'timestamptz')}`] : []),
    ...(before ? [`${at} < ${parameters.add(before, 'timestamptz')}`] : []),
  ];
}

/** Links are numbered per campaign: those whose address contains the words are looked up first. */
function linkContains(words: string, parameters: SqlParameters, { workspaceId }: SegmentContext): string {
  return `(e.campaign_id, e.link) IN (
    SELECT k.id, (l.number - 1)::int FROM campaigns k JOIN campaign_contents t ON t.campaign_id = k.id
    CROSS JOIN jsonb_array_elements(t.links) WITH ORDINALITY AS l (link, number)
    WHERE k.workspace_id = ${parameters.add(workspaceId, 'bigint')}
      AND strpos(lower(l.link->>'url'), lower(${parameters.add(words, 'text')})) > 0)`;
}

const DELIVERED = 'r.accepted_at IS NOT NULL AND r.bounced_at IS NULL';

/** What became of a recipient of one campaign: a row of the ledger, by its unique (campaign, contact). */
export function recipient(condition: Recipient, parameters: SqlParameters, context: SegmentContext): string {
  const { reason, provider } = condition;
  const campaign = parameters.add(condition.campaign, 'bigint');
  const where = [
    `r.campaign_id = ${campaign}`,
    'r.contact_id = c.id',
    `r.workspace_id = ${parameters.add(context.workspaceId, 'bigint')}`,
    outcome(condition, campaign, parameters),
    ...(reason ? [`r.bounce_reason = ${parameters.add(reason, 'text')}`] : []),
    ...(provider ? [`r.provider = ${parameters.add(provider, 'text')}`] : []),
  ];
  return `EXISTS (SELECT 1 FROM campaign_recipients r WHERE ${where.join(' AND ')})`;
}

function outcome(condition: Recipient, campaign: string, parameters: SqlParameters): string {
  const { outcome: what, machine } = condition;
  switch (what) {
    case 'prepared':
      return 'true';
    case 'delivered':
      return DELIVERED;
    case 'accepted':
    case 'rejected':
    case 'expired':
    case 'skipped':
    case 'uncertain':
      return `r.status = '${what}'`;
    case 'opened':
      return machine ? '(r.opened_at IS NOT NULL OR r.machine_opened_at IS NOT NULL)' : 'r.opened_at IS NOT NULL';
    case 'not_opened':
      return `${DELIVERED} AND r.opened_at IS NULL${machine ? ' AND r.machine_opened_at IS NULL' : ''}`;
    case 'clicked':
      return clicked(condition, campaign, parameters);
    case 'not_clicked':
      return `${DELIVERED} AND NOT ${clicked(condition, campaign, parameters)}`;
    case 'not_replied':
      return `${DELIVERED} AND r.replied_at IS NULL`;
    case 'bounced':
      return 'r.bounced_at IS NOT NULL';
    case 'bounced_hard':
    case 'bounced_soft':
      return `r.bounce_kind = '${what === 'bounced_hard' ? 'hard' : 'soft'}'`;
    case 'replied':
    case 'complained':
    case 'unsubscribed':
      return `r.${what}_at IS NOT NULL`;
  }
}

function clicked({ link, machine }: Recipient, campaign: string, parameters: SqlParameters): string {
  if (link === null) {
    return machine ? '(r.clicked_at IS NOT NULL OR r.machine_clicked_at IS NOT NULL)' : '(r.clicked_at IS NOT NULL)';
  }
  return `EXISTS (SELECT 1 FROM events e WHERE e.campaign_id = ${campaign} AND e.type = 'clicked'
    AND e.contact_id = c.id AND e.link = ${parameters.add(link, 'int')}${machine ? '' : ' AND e.human'})`;
}
