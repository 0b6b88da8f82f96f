import type { ApiClient } from './api-client.js';
import type { Product } from './product.js';
import type { SunkMessage } from './recording-sink.js';

export interface LedgerRow {
  seq: number;
  email: string;
  status: string;
  attempts: { kind: string; text: string; code?: number }[];
}

/** What an outsider finds who lays the sink's log, the ledger, the counters and the API's report side by side. */
export interface Examination {
  /** Sentences; empty when everything agrees. */
  violations: string[];
  /** Ledger rows by status. */
  counts: Record<string, number>;
}

const STATUSES = ['pending', 'accepted', 'rejected', 'expired', 'uncertain', 'skipped'];
/** Of each kind of violation so many are named. */
const NAMED = 5;

/**
 * The invariants of every fault, checked from outside: nobody twice in the sink, everyone whom the ledger calls
 * accepted is in the sink, everyone in the sink is accepted or uncertain, the counters and the report say what the
 * rows say, and a campaign that has ended has nobody left to send to.
 * @param taken all that sinks took of this campaign
 */
export async function examine(
  product: Product,
  api: ApiClient,
  campaign: string,
  taken: readonly SunkMessage[],
): Promise<Examination> {
  const rows = await ledger(product, campaign);
  const counts = countBy(rows.map((row) => row.status));
  return {
    counts,
    violations: [
      ...sinkAgainstLedger(taken, rows),
      ...(await countersAgainstRows(product, campaign, rows.length)),
      ...(await reportAgainstRows(api, campaign, rows.length, counts)),
    ],
  };
}

/** The rows of a campaign, read past the product's own code. */
export function ledger(product: Product, campaign: string): Promise<LedgerRow[]> {
  return product.sql<LedgerRow>(
    'SELECT seq, email, status, attempts FROM campaign_recipients WHERE campaign_id = $1 ORDER BY seq',
    [campaign],
  );
}

export function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function sinkAgainstLedger(taken: readonly SunkMessage[], rows: readonly LedgerRow[]): string[] {
  const status = new Map(rows.map((row) => [row.email, row.status]));
  const inSink = new Set(taken.map((message) => message.to));
  const accepted = rows.filter((row) => row.status === 'accepted');
  const acceptances = (row: LedgerRow) => row.attempts.filter(({ kind }) => kind === 'accepted').length;
  return [
    ...named('doubled: more than one message to', repeated(taken.map((message) => message.to))),
    ...named('doubled: more than one message with the id', repeated(taken.map((message) => message.messageId))),
    ...named(
      'lost: accepted in the ledger and not in the sink',
      accepted.filter((row) => !inSink.has(row.email)).map((row) => row.email),
    ),
    ...named(
      'in the sink, but neither accepted nor uncertain in the ledger',
      taken
        .filter(({ to }) => !['accepted', 'uncertain'].includes(status.get(to) ?? ''))
        .map(({ to }) => `${to} (${status.get(to) ?? 'no row'})`),
    ),
    ...named(
      'accepted without exactly one attempt that says so',
      accepted.filter((row) => acceptances(row) !== 1).map((row) => `${row.email} (${acceptances(row)})`),
    ),
  ];
}

/** What the campaign and its batches carry of their own, against the rows. */
async function countersAgainstRows(product: Product, campaign: string, rows: number): Promise<string[]> {
  const [found] = await product.sql<Record<'status' | 'prepared' | 'excluded' | 'exclusions' | 'sizes' | 'open', any>>(
    `SELECT c.status, c.prepared_count AS prepared, c.excluded_count AS excluded,
       (SELECT count(*)::int FROM campaign_exclusions x WHERE x.campaign_id = c.id) AS exclusions,
       (SELECT coalesce(sum(size), 0)::int FROM send_batches b WHERE b.campaign_id = c.id) AS sizes,
       (SELECT count(*)::int FROM send_batches b WHERE b.campaign_id = c.id AND b.status <> 'done')
         + (SELECT count(*)::int FROM campaign_recipients r WHERE r.campaign_id = c.id AND r.status = 'pending') AS open
     FROM campaigns c WHERE c.id = $1`,
    [campaign],
  );
  if (!found) return ['the campaign is gone'];
  const violations: string[] = [];
  if (found.prepared !== rows) violations.push(`prepared_count ${found.prepared} ≠ ${rows} rows`);
  if (found.sizes !== rows) violations.push(`the batches together hold ${found.sizes} ≠ ${rows} rows`);
  if (found.excluded !== found.exclusions) {
    violations.push(`excluded_count ${found.excluded} ≠ ${found.exclusions} exclusions`);
  }
  if (found.status === 'sent' && found.open > 0) violations.push(`sent, but ${found.open} batches or rows are open`);
  return violations;
}

async function reportAgainstRows(
  api: ApiClient,
  campaign: string,
  rows: number,
  counts: Record<string, number>,
): Promise<string[]> {
  const { counts: told } = await api.get<{ counts: Record<string, number> }>(`/campaigns/${campaign}/report`);
  const wrong = STATUSES.filter((status) => told[status] !== (counts[status] ?? 0));
  const violations = wrong.map(
    (status) => `the report says ${told[status]} ${status}, the rows ${counts[status] ?? 0}`,
  );
  if (told.prepared !== rows) violations.push(`the report says ${told.prepared} prepared of ${rows} rows`);
  if (told.candidates !== (told.prepared ?? 0) + (told.excluded ?? 0)) {
    violations.push(`candidates ${told.candidates} ≠ prepared ${told.prepared} + excluded ${told.excluded}`);
  }
  return violations;
}

function repeated(values: readonly string[]): string[] {
  return Object.entries(countBy(values))
    .filter(([, count]) => count > 1)
    .map(([value]) => value);
}

function named(sentence: string, who: readonly string[]): string[] {
  if (who.length === 0) return [];
  const more = who.length > NAMED ? ` and ${who.length - NAMED} more` : '';
  return [`${sentence} ${who.slice(0, NAMED).join(', ')}${more}`];
}
