import { domainOf } from '#engine/address';
import { availableParallelism } from 'node:os';
import { setImmediate as breathe } from 'node:timers/promises';
import type { z } from 'zod';
import { STRICTNESS } from '#contracts';
import type { Prediction, RehearsalPhase } from '#contracts';
import { Rehearsal } from '#engine/rehearsal';
import type { RehearsalAccount, RehearsalResult } from '#engine/rehearsal';
import type { KeyRing } from '#engine/token';
import type { Database } from '#platform/database';
import { findCampaignById } from '#domain/campaigns';
import type { CampaignRow } from '#domain/campaigns';
import type { SendingAccount, SendingAccountLoader } from '#domain/senders';
import type { RenderPool } from '../render-pool.js';
import type { RenderTask } from '../render-task.js';
import { retryDelaySeconds, slowedDelaySeconds } from '../retry-delay.js';
import { carriers } from '../choose-account.js';
import { findProblems } from './find-problems.js';
import type { AccountBound } from './find-problems.js';
import { readAudience } from './rehearsal-audience.js';
import type { AudienceGroup } from './rehearsal-audience.js';
import { claimRehearsal, finishRehearsal, noteProgress } from './rehearsal.repository.js';
import type { RehearsalTask } from './rehearsal.repository.js';
import { renderSample } from './render-sample.js';

/** What a rehearsal needs of its process. */
export interface RehearsalTools {
  db: Database;
  loader: SendingAccountLoader;
  trackingUrl: string;
  tokenKeys: KeyRing;
  /** A thread of its own, so that messages that are being sent do not wait for those that are only tried. */
  openRenderer: () => Pick<RenderPool, 'render' | 'close'>;
}

/** Of a message at a connection: a server far away, and the sandbox on this machine. */
const ROUND_TRIP_MS = 150;
const SANDBOX_ROUND_TRIP_MS = 5;
/** Steps between two breaths: some 10 ms, so that whoever sends in this process is not held up. */
const STEPS = 100;
const NOTE_EVERY_MS = 500;

/** The person called it off. */
class CalledOff extends Error {}

/**
 * Runs one rehearsal: the real audience, the real messages of a sample, and the real pace against simulated providers in
 * virtual time. Sends nothing, and writes nothing but its own row.
 */
export async function runRehearsal(tools: RehearsalTools, rehearsalId: string): Promise<void> {
  const task = await claimRehearsal(tools.db, rehearsalId);
  if (!task) return;
  try {
    await finishRehearsal(tools.db, task.id, { prediction: await predict(tools, task) });
  } catch (error) {
    if (!(error instanceof CalledOff)) await finishRehearsal(tools.db, task.id, { error: (error as Error).message });
  }
}

async function predict(tools: RehearsalTools, task: RehearsalTask): Promise<z.infer<typeof Prediction>> {
  const { db } = tools;
  const note = async (phase: RehearsalPhase, done: number, total: number) => {
    if (!(await noteProgress(db, task.id, { phase, done, total }))) throw new CalledOff();
  };
  const campaign = await findCampaignById(db, task.campaignId);
  if (!campaign) throw new CalledOff();
  const { compiled, options } = task;
  const { groups, missing, sample, ...audience } = await readAudience(db, campaign, {
    variables: compiled.variables,
    sample: options.sample,
  });
  const lanes = groups.map((group) => ({ group, accounts: carriersOf(tools, campaign, group) }));
  const carried = await Promise.all(lanes.map(async ({ group, accounts }) => ({ group, accounts: await accounts })));
  await note('rendering', 0, sample.length);
  const account = carried.flatMap(({ accounts }) => accounts)[0];
  const render = await renderTask(tools, campaign, task, account);
  const threads = Math.max(1, availableParallelism() - 1);
  const renderer = tools.openRenderer();
  const rendered = await renderSample(renderer, { ...render, recipients: account ? sample : [] }, threads, (done) =>
    note('rendering', done, sample.length),
  ).finally(() => renderer.close());
  const result = await simulate(task, campaign, carried, rendered.perSecond, (done) =>
    note('sending', done, audience.prepared),
  );
  const names = await accountNames(db, campaign.workspaceId);
  const withoutAccount = carried.reduce(
    (sum, { group, accounts }) => sum + (accounts.length === 0 ? group.count : 0),
    0,
  );
  const prediction = {
    campaignVersion: campaign.version,
    audience,
    rendered,
    missing,
    ...result,
    accounts: result.accounts.map((each) => ({
      ...each,
      heldMs: Math.round(each.heldMs),
      name: names.get(each.id) ?? each.id,
    })),
    assumptions: { providers: options.providers, roundTripMs: ROUND_TRIP_MS },
  };
  const bounds = boundsOf(carried, names);
  return { ...prediction, findings: findProblems(prediction, compiled, withoutAccount, bounds) };
}

type Lane = { group: AudienceGroup; accounts: SendingAccount[] };

async function carriersOf(
  { db, loader }: RehearsalTools,
  campaign: CampaignRow,
  { reserved }: AudienceGroup,
): Promise<SendingAccount[]> {
  const { workspaceId, smtpAccounts, fromAddress } = campaign;
  const fromDomain = domainOf(fromAddress);
  const accounts = await loader.load(db, workspaceId);
  return carriers(accounts, { workspaceId, smtpAccounts, fromDomain }, { reserved });
}

async function simulate(
  task: RehearsalTask,
  campaign: CampaignRow,
  lanes: readonly Lane[],
  perSecond: number | null,
  note: (done: number) => Promise<void>,
): Promise<RehearsalResult> {
  const accounts = new Map(lanes.flatMap((lane) => lane.accounts.map((account) => [account.id, account] as const)));
  const rehearsal = new Rehearsal({
    seed: Number(BigInt(task.id) % 4_294_967_296n),
    startMs: Date.now(),
    deadlineMs: campaign.deadlineHours * 3_600_000,
    accounts: [...accounts.values()].map(paced),
    groups: merged(lanes),
    limitScale: STRICTNESS[task.options.providers],
    messagesPerSecond: Math.min(perSecond ?? Infinity, (campaign.hourlyLimit ?? Infinity) / 3_600),
    retryDelay: retryDelaySeconds,
    slowedDelay: slowedDelaySeconds,
  });
  const total = rehearsal.left;
  let noted = performance.now();
  while (rehearsal.advance(STEPS)) {
    await breathe();
    if (performance.now() - noted < NOTE_EVERY_MS) continue;
    await note(total - rehearsal.left);
    noted = performance.now();
  }
  await note(total - rehearsal.left);
  const { durationMs, providers, ...rest } = rehearsal.result();
  return {
    ...rest,
    durationMs: Math.round(durationMs),
    providers: providers.map((provider) => ({
      ...provider,
      durationMs: Math.round(provider.durationMs),
      firstSlowedMs: provider.firstSlowedMs === null ? null : Math.round(provider.firstSlowedMs),
    })),
  };
}

/** Of the accounts with a limit that connections could reach. */
function boundsOf(lanes: readonly Lane[], names: ReadonlyMap<string, string>): AccountBound[] {
  const accounts = new Map(lanes.flatMap((lane) => lane.accounts.map((account) => [account.id, account] as const)));
  return [...accounts.values()].map(paced).flatMap(({ id, connections, roundTripMs, limits }) => {
    const limit = limits.perSecond ?? (limits.perMinute === undefined ? undefined : limits.perMinute / 60);
    const perSecond = Math.round((connections * 1_000) / roundTripMs);
    return limit === undefined ? [] : [{ account: names.get(id) ?? id, perSecond, limit: Math.round(limit * 10) / 10 }];
  });
}

function paced(account: SendingAccount): RehearsalAccount {
  const { id, connections, weight, kind, limits, warmup } = account;
  const roundTripMs = kind === 'sandbox' ? SANDBOX_ROUND_TRIP_MS : ROUND_TRIP_MS;
  return { id, connections, weight, limits, warmup, roundTripMs };
}

/** Recipients of one provider who go over the same accounts are one group; reserved ones go elsewhere. */
function merged(lanes: readonly Lane[]) {
  return lanes.map(({ group, accounts }) => ({
    provider: group.provider,
    recipients: group.count,
    // In the long tail each domain judges and is paced by itself.
    receivers: group.provider === 'other' ? group.domains : 1,
    accounts: accounts.map(({ id }) => id),
  }));
}

async function renderTask(
  { db, trackingUrl, tokenKeys }: RehearsalTools,
  campaign: CampaignRow,
  { id, compiled }: RehearsalTask,
  account: SendingAccount | undefined,
): Promise<RenderTask> {
  const workspace = await db.first<{ name: string; postalAddress: string }>(
    'SELECT name, postal_address AS "postalAddress" FROM workspaces WHERE id = $1',
    [campaign.workspaceId],
  );
  const attachments = await db.rows<RenderTask['attachments'][number]>(
    `SELECT name AS filename, content_type AS "contentType", bytes AS content FROM attachments
     WHERE workspace_id = $1 AND id = ANY ($2::bigint[]) ORDER BY id`,
    [campaign.workspaceId, campaign.attachments],
  );
  return {
    contentKey: `rehearsal.${id}`,
    accountKey: account?.renderKey ?? '',
    content: compiled,
    campaign: { id: campaign.id, name: campaign.name, workspaceId: campaign.workspaceId },
    workspace: workspace ?? { name: '', postalAddress: '' },
    from: { name: campaign.fromName, address: campaign.fromAddress },
    replyTo: campaign.replyTo,
    attachments,
    trackOpens: campaign.trackOpens,
    readReceipts: campaign.readReceipts,
    trackingUrl,
    account: account?.render ?? { returnPath: 'account', returnPathDomain: null, returnPathAddress: null, keys: [] },
    tokenKeys,
    nowMs: Date.now(),
    recipients: [],
  };
}

async function accountNames(db: Database, workspaceId: string): Promise<Map<string, string>> {
  const rows = await db.rows<{ id: string; name: string }>(
    'SELECT id, name FROM smtp_accounts WHERE workspace_id = $1',
    [workspaceId],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
