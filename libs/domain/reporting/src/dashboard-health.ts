import type { z } from 'zod';
import type { CampaignCounts, Dashboard } from '#contracts';
import type { Sql } from '#platform/database';

type Health = z.infer<typeof Dashboard>['health'];

/** Gmail and Yahoo warn from the first, and refuse from the second. */
const COMPLAINTS_WARN = 0.001;
const COMPLAINTS_BAD = 0.003;
/** A batch that is due is taken within seconds, unless paces hold it back, which live sending shows. */
const WAITING_MINUTES = 10;

interface Found {
  domains: number;
  unverified: number;
  domain: string | null;
  accounts: number;
  failing: number;
  account: string | null;
  boxes: number;
  broken: number;
  box: string | null;
  waiting: number;
}

/** What of sending and receiving is well in a workspace; `totals` are the counts of the span that is looked at. */
export async function dashboardHealth(sql: Sql, workspaceId: string, totals: CampaignCounts): Promise<Health> {
  const found = await sql.first<Found>(
    {
      name: 'dashboard_health',
      text: `SELECT d.*, a.*, m.*, b.* FROM
        (SELECT count(*)::int AS domains, count(*) FILTER (WHERE status <> 'verified')::int AS unverified,
           min(domain) FILTER (WHERE status <> 'verified') AS domain FROM sending_domains WHERE workspace_id = $1) d,
        (SELECT count(*)::int AS accounts, count(*) FILTER (WHERE health = 'failing')::int AS failing,
           min(name) FILTER (WHERE health = 'failing') AS account FROM smtp_accounts
         WHERE workspace_id = $1 AND enabled AND kind = 'smtp') a,
        (SELECT count(*)::int AS boxes, count(*) FILTER (WHERE state = 'error')::int AS broken,
           min(name) FILTER (WHERE state = 'error') AS box FROM mailboxes WHERE workspace_id = $1 AND enabled) m,
        (SELECT coalesce(floor(extract(epoch FROM now() - min(b.ready_at)) / 60), 0)::int AS waiting
         FROM campaigns c JOIN send_batches b ON b.campaign_id = c.id AND b.status = 'ready' AND b.ready_at <= now()
         WHERE c.workspace_id = $1 AND c.status = 'sending') b`,
    },
    [workspaceId],
  );
  if (!found) return [];
  const of = (bad: number) => (bad > 0 ? 'warning' : 'ok');
  return [
    {
      key: 'domains',
      state: found.domains === 0 ? 'none' : of(found.unverified),
      values: { count: found.unverified, of: found.domains, name: found.domain ?? '' },
    },
    {
      key: 'channels',
      state: found.accounts === 0 ? 'none' : found.failing > 0 ? 'error' : 'ok',
      values: { count: found.failing, of: found.accounts, name: found.account ?? '' },
    },
    { key: 'queue', state: of(Math.max(0, found.waiting - WAITING_MINUTES)), values: { minutes: found.waiting } },
    { key: 'complaints', ...complaints(totals) },
    {
      key: 'mailboxes',
      state: found.boxes === 0 ? 'none' : found.broken > 0 ? 'error' : 'ok',
      values: { count: found.broken, of: found.boxes, name: found.box ?? '' },
    },
  ];
}

function complaints({ complained, delivered }: CampaignCounts): Pick<Health[number], 'state' | 'values'> {
  const values = { count: complained, of: delivered };
  if (delivered === 0) return { state: 'none', values };
  const rate = complained / delivered;
  return { state: rate >= COMPLAINTS_BAD ? 'error' : rate > COMPLAINTS_WARN ? 'warning' : 'ok', values };
}
