import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Report } from './campaign.js';
import { DemoError } from './options.js';
import { readSandboxLog } from './sandbox-log.js';
import type { LogRecord } from './sandbox-log.js';

/** One comparison; `differences` is empty where both sides agree. */
export interface Finding {
  title: string;
  detail: string;
  differences: string[];
}

/** A row of the ledger as SQL has it. */
interface LedgerRow {
  email: string;
  status: string;
  deferrals: number;
  bounceKind: string | null;
  bounced: boolean;
  complained: boolean;
  opened: boolean;
  machineOpened: boolean;
  clicked: boolean;
  replied: boolean;
  autoReplied: boolean;
  unsubscribed: boolean;
}

/** What the simulator says it did, by address. */
interface Played {
  taken: Map<string, number>;
  refused: Map<string, string>;
  deferrals: Map<string, number>;
  /** Behaviours of who was taken, such as `open+click`. */
  behaviours: Map<string, Set<string>>;
}

/**
 * Compares the ledger with what the sandbox mail server wrote down by itself. Reads the log's files and the database
 * and shares no code with the product, so that one bug can't hide in both.
 * @param logMark highest id of the log before the campaign was started
 */
export async function checkCampaign(
  dataDir: string,
  campaignId: string,
  logMark: number,
  report: Report,
): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: databaseUrl(dataDir) });
  await client.connect();
  try {
    const ledger = await readLedger(client, campaignId);
    const known = new Set(ledger.map(({ email }) => email));
    const log = readSandboxLog(dataDir, logMark).filter((record) => isOfCampaign(record, campaignId, known));
    const played = whatWasPlayed(log);
    return [
      ...checkSending(ledger, played),
      ...checkAnswers(ledger, played),
      checkSuppressions(await readSuppressions(client, campaignId), played),
      checkReport(report, ledger, await readExcluded(client, campaignId)),
    ];
  } finally {
    await client.end();
  }
}

function databaseUrl(dataDir: string): string {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  try {
    const access = JSON.parse(readFileSync(path.join(dataDir, 'postgres.json'), 'utf8')) as Record<string, string>;
    return `postgres://hongyan:${access.password}@127.0.0.1:${access.port}/hongyan`;
  } catch {
    throw new DemoError(`The check reads the database itself: name the data folder (--data DIR) or set DATABASE_URL.`);
  }
}

async function readLedger(client: pg.Client, campaignId: string): Promise<LedgerRow[]> {
  const { rows } = await client.query<LedgerRow>(
    `SELECT email, status, bounce_kind AS "bounceKind", bounced_at IS NOT NULL AS bounced,
       (SELECT count(*)::int FROM jsonb_array_elements(attempts) a WHERE a->>'kind' = 'deferred') AS deferrals,
       complained_at IS NOT NULL AS complained, opened_at IS NOT NULL AS opened,
       machine_opened_at IS NOT NULL AS "machineOpened", clicked_at IS NOT NULL AS clicked,
       replied_at IS NOT NULL AS replied, auto_replied_at IS NOT NULL AS "autoReplied",
       unsubscribed_at IS NOT NULL AS unsubscribed
     FROM campaign_recipients WHERE campaign_id = $1`,
    [campaignId],
  );
  return rows;
}

async function readSuppressions(client: pg.Client, campaignId: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ address: string; reason: string }>(
    'SELECT canonical AS address, reason FROM suppressions WHERE campaign_id = $1 AND expires_at IS NULL',
    [campaignId],
  );
  return new Map(rows.map(({ address, reason }) => [address, reason]));
}

async function readExcluded(client: pg.Client, campaignId: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM campaign_exclusions WHERE campaign_id = $1',
    [campaignId],
  );
  return rows[0]?.n ?? 0;
}

/** Messages name their campaign in the header; a refusal has no message, so its recipient must tell. */
function isOfCampaign({ kind, head, to }: LogRecord, campaignId: string, known: ReadonlySet<string>): boolean {
  if (kind === 'refused') return to.some((address) => known.has(address));
  return new RegExp(`^Feedback-ID: ${campaignId}:`, 'im').test(head);
}

function whatWasPlayed(log: readonly LogRecord[]): Played {
  const played: Played = { taken: new Map(), refused: new Map(), deferrals: new Map(), behaviours: new Map() };
  for (const { kind, to, simulated, reply } of log) {
    to.forEach((address, index) => {
      const label = simulated[index] ?? '';
      if (kind === 'message') {
        played.taken.set(address, (played.taken.get(address) ?? 0) + 1);
        played.behaviours.set(address, new Set(label.split('+')));
      } else if (reply?.startsWith('4')) {
        played.deferrals.set(address, (played.deferrals.get(address) ?? 0) + 1);
      } else {
        played.refused.set(address, label);
      }
    });
  }
  return played;
}

function checkSending(ledger: readonly LedgerRow[], { taken, refused, deferrals }: Played): Finding[] {
  const accepted = emails(ledger, (row) => row.status === 'accepted');
  const twice = [...taken]
    .filter(([, times]) => times > 1)
    .map(([address, times]) => `${address} got ${times} messages`);
  const unsettled = ledger.filter((row) => !['accepted', 'rejected'].includes(row.status));
  const tries = ledger.reduce((sum, row) => sum + row.deferrals, 0);
  const turnedAway = [...deferrals.values()].reduce((sum, times) => sum + times, 0);
  return [
    same('accepted in the ledger = recipients in the sandbox', accepted, new Set(taken.keys())),
    { title: 'nobody got it twice', detail: `${taken.size} recipients`, differences: twice },
    same(
      'rejected in the ledger = refused by the sandbox',
      emails(ledger, (row) => row.status === 'rejected'),
      new Set(refused.keys()),
    ),
    {
      title: 'put off by a provider, tried again, and settled',
      detail: `${tries} deferrals`,
      differences: [
        ...(tries === turnedAway ? [] : [`the ledger has ${tries} deferrals, the sandbox ${turnedAway}`]),
        ...unsettled.map((row) => `${row.email} is ${row.status}`),
      ],
    },
  ];
}

/** Who was played doing something is who the ledger says did it. */
function checkAnswers(ledger: readonly LedgerRow[], { behaviours, refused }: Played): Finding[] {
  const played = (...names: string[]) =>
    new Set([...behaviours].filter(([, done]) => names.some((name) => done.has(name))).map(([address]) => address));
  const soft = played('mailbox-full', 'soft-bounce');
  const opened = emails(ledger, (row) => row.opened);
  const byMachine = emails(ledger, (row) => row.machineOpened);
  const blocked = [...refused]
    .filter(([, cause]) => cause !== 'refuse' && cause !== 'hard-bounce')
    .map(([address]) => address);
  return [
    same(
      'hard bounces',
      emails(ledger, (row) => row.bounced && row.bounceKind === 'hard'),
      played('hard-bounce'),
    ),
    same(
      'soft bounces',
      emails(ledger, (row) => row.bounced && row.bounceKind === 'soft'),
      soft,
    ),
    same(
      'refused, but not for good',
      emails(ledger, (row) => row.status === 'rejected' && row.bounceKind !== 'hard'),
      new Set(blocked),
    ),
    same(
      'complaints',
      emails(ledger, (row) => row.complained),
      played('complaint'),
    ),
    same(
      'replies',
      emails(ledger, (row) => row.replied),
      played('reply'),
    ),
    same(
      'automatic replies',
      emails(ledger, (row) => row.autoReplied),
      played('out-of-office'),
    ),
    same(
      'unsubscriptions',
      emails(ledger, (row) => row.unsubscribed),
      played('unsubscribe', 'unsubscribe-mail'),
    ),
    // An image proxy that fetches at once looks ahead, one that comes later does so for its reader.
    within('opened by people', opened, played('open', 'click'), played('open', 'click', 'proxy-open')),
    within('opened by machines', byMachine, played('scanner'), played('scanner', 'proxy-open')),
    within(
      'every proxy was seen',
      new Set([...opened, ...byMachine]),
      played('proxy-open'),
      new Set(behaviours.keys()),
    ),
    same(
      'clicked by people',
      emails(ledger, (row) => row.clicked),
      played('click'),
    ),
  ];
}

function checkSuppressions(suppressions: Map<string, string>, { behaviours, refused }: Played): Finding {
  const expected = new Map<string, string>();
  for (const [address, done] of behaviours) {
    if (done.has('hard-bounce')) expected.set(address, 'hard_bounce');
    if (done.has('complaint')) expected.set(address, 'complaint');
  }
  for (const [address, cause] of refused) if (cause === 'refuse') expected.set(address, 'hard_bounce');
  // A suppression holds however the address is written.
  const pairs = (from: Map<string, string>) =>
    new Set([...from].map(([address, reason]) => `${address.toLowerCase()} ${reason}`));
  return same('suppressed = hard bounces, refusals for good, complaints', pairs(suppressions), pairs(expected));
}

/** The numbers people see are the rows. */
function checkReport(
  { counts, opens, clicks, autoReplied }: Report,
  ledger: readonly LedgerRow[],
  excluded: number,
): Finding {
  const rows = (test: (row: LedgerRow) => boolean) => ledger.filter(test).length;
  const wanted: Record<string, [number | undefined, number]> = {
    prepared: [counts.prepared, ledger.length],
    excluded: [counts.excluded, excluded],
    candidates: [counts.candidates, ledger.length + excluded],
    accepted: [counts.accepted, rows((row) => row.status === 'accepted')],
    rejected: [counts.rejected, rows((row) => row.status === 'rejected')],
    uncertain: [counts.uncertain, rows((row) => row.status === 'uncertain')],
    skipped: [counts.skipped, rows((row) => row.status === 'skipped')],
    bounced: [counts.bounced, rows((row) => row.bounced && row.status === 'accepted')],
    delivered: [counts.delivered, rows((row) => row.status === 'accepted' && !row.bounced)],
    complained: [counts.complained, rows((row) => row.complained)],
    replied: [counts.replied, rows((row) => row.replied)],
    autoReplied: [autoReplied, rows((row) => row.autoReplied)],
    unsubscribed: [counts.unsubscribed, rows((row) => row.unsubscribed)],
    opened: [opens.human.unique, rows((row) => row.opened)],
    'opened by machines': [opens.machine.unique, rows((row) => row.machineOpened)],
    clicked: [clicks.human.unique, rows((row) => row.clicked)],
  };
  const differences = Object.entries(wanted)
    .filter(([, [told, counted]]) => told !== counted)
    .map(([name, [told, counted]]) => `${name}: the report says ${told}, the ledger has ${counted}`);
  return {
    title: 'report of the API = rows of the ledger',
    detail: `${Object.keys(wanted).length} counts`,
    differences,
  };
}

function emails(ledger: readonly LedgerRow[], test: (row: LedgerRow) => boolean): Set<string> {
  return new Set(ledger.filter(test).map((row) => row.email));
}

function same(title: string, ledger: ReadonlySet<string>, sandbox: ReadonlySet<string>): Finding {
  const missing = [...sandbox].filter((entry) => !ledger.has(entry)).map((entry) => `only in the sandbox: ${entry}`);
  const surplus = [...ledger].filter((entry) => !sandbox.has(entry)).map((entry) => `only in the database: ${entry}`);
  const detail = ledger.size === sandbox.size ? `${ledger.size}` : `${ledger.size} ≠ ${sandbox.size}`;
  return { title, detail, differences: [...missing, ...surplus] };
}

/** Like {@link same} where the sandbox can only say who must and who may be among them. */
function within(
  title: string,
  ledger: ReadonlySet<string>,
  must: ReadonlySet<string>,
  may: ReadonlySet<string>,
): Finding {
  const { detail, differences } = same(
    title,
    ledger,
    new Set([...must, ...[...ledger].filter((entry) => may.has(entry))]),
  );
  return { title, detail, differences };
}
