import { createHash } from 'node:crypto';
import { DomainError } from '#contracts';
import { isReservedDomain } from '#engine/address';
import type { LinkAnswer } from '#engine/preflight';
import type { Database } from '#platform/database';
import type { JobHandlers, JobQueue } from '#platform/queue';
import { countMissing } from './missing-data.js';
import { audienceRules } from '../audience-rules.js';
import { findCampaignById } from '../campaign.repository.js';
import {
  claimPreflight,
  findLinkChecks,
  findStalePreflights,
  finishPreflight,
  notePreflight,
  rememberLink,
} from './preflight.repository.js';
import type { CheckedLink, PreflightRow } from './preflight.repository.js';

/** Asks for a link; null where the operator has links not asked for. */
export type AskLink = ((url: string) => Promise<LinkAnswer>) | null;

/** So many are asked for at once: enough to be quick, few enough to be polite. */
const AT_ONCE = 4;
/** A link that throws (an address nothing can be made of) tells nothing. */
const UNKNOWN: LinkAnswer = { ok: false, reason: 'no-answer' };
/** The starter templates link to `www.example.com`, which is nobody's and would answer. */
const PLACEHOLDER: LinkAnswer = { ok: false, reason: 'placeholder' };

/** Asks for the links of a draft and counts who lacks what it says. Writes only its own row and what links answered. */
export async function runPreflight(db: Database, ask: AskLink, campaignId: string): Promise<void> {
  const task = await claimPreflight(db, campaignId);
  const campaign = task && (await findCampaignById(db, campaignId));
  if (!task || !campaign) return;
  const links = await askLinks(db, ask, task);
  if (!links) return;
  const count = db.transaction(async (tx) => countMissing(tx, await audienceRules(tx, campaign), task.needed), {
    timeoutMs: 120_000,
  });
  // An audience that can't be read is told by the checklist itself.
  const missing = await count.catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
    return [];
  });
  await finishPreflight(db, task, { links, missing });
}

/** @returns null when it has been superseded */
async function askLinks(db: Database, ask: AskLink, task: PreflightRow): Promise<CheckedLink[] | null> {
  const { workspaceId, urls } = task;
  const digests = urls.map(digestOf);
  const remembered = new Map(
    (await findLinkChecks(db, workspaceId, digests)).map(({ digest, reply }) => [digest, reply]),
  );
  const links: CheckedLink[] = [];
  for (let from = 0; from < urls.length; from += AT_ONCE) {
    if (!(await notePreflight(db, task, from))) return null;
    const replies = await Promise.all(
      urls.slice(from, from + AT_ONCE).map(async (url, index): Promise<CheckedLink> => {
        const digest = digests[from + index] ?? digestOf(url);
        const known = remembered.get(digest.toString('hex'));
        if (known || !ask) return { url, reply: known ?? UNKNOWN };
        const reply = isPlaceholder(url) ? PLACEHOLDER : await ask(url).catch(() => UNKNOWN);
        if (reply.ok || reply.reason !== 'no-answer') await rememberLink(db, workspaceId, digest, reply);
        return { url, reply };
      }),
    );
    links.push(...replies);
  }
  return links;
}

/** A host that can belong to nobody, `www.` before it or not. */
function isPlaceholder(url: string): boolean {
  return URL.canParse(url) && isReservedDomain(new URL(url).hostname.replace(/^www\./, ''));
}

const digestOf = (url: string) => createHash('sha256').update(url).digest();

export function preflightJobHandlers(db: Database, ask: AskLink): Pick<JobHandlers<'api'>, 'preflight.run'> {
  return { 'preflight.run': { concurrency: 2, handle: ({ campaignId }) => runPreflight(db, ask, campaignId) } };
}

/** The sweep behind `preflight.run`: queues those whose job was lost or whose process died. */
export async function resumeStalePreflights(db: Database, queue: JobQueue): Promise<void> {
  for (const { campaignId } of await findStalePreflights(db)) {
    await queue.add('preflight.run', { campaignId }, { dedupe: campaignId });
  }
}
