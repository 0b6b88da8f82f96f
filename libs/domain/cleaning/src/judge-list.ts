import type { Database } from '#platform/database';
import { judgeAddress } from '#engine/address-quality';
import { isKnownDomain, lookUpMissing, mailOfDomains } from '#domain/contacts';
import type { LookUp } from '#domain/contacts';
import { countJudged, keepCleaning, moveCleaning } from './cleaning.repository.js';
import type { CleaningRecord } from './cleaning.repository.js';
import { insertFindings } from './cleaning-rows.js';
import type { Finding } from './cleaning-rows.js';
import { CleaningStopped } from './cleaning-stopped.js';
import { findMembers } from './past-behaviour.js';
import type { Member } from './past-behaviour.js';

/** Members judged at once: memory is theirs, however long the list. */
const PAGE = 2_000;
/** Domains between two renewals of the lease: none may take longer than the lease even when all keep silent. */
const DOMAINS_AT_ONCE = 100;

/**
 * Judges every member page by page; each page commits its findings and counts together, so that a runner that takes over
 * goes on behind the last page.
 * @param lookUp asks the DNS for domains the cache does not know; null where it may not be asked
 * @throws CleaningStopped when it was cancelled or taken over
 */
export async function judgeList(
  db: Database,
  row: CleaningRecord,
  lookUp: LookUp | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  const watch = { silent: 0 };
  for (;;) {
    signal?.throwIfAborted();
    const members = await findMembers(db, row.workspaceId, row.listId, row.reached, PAGE);
    const last = members.at(-1);
    if (!last) break;
    if (lookUp) await lookUpDomainsOf(db, row, members, lookUp, watch, signal);
    const findings = await judge(db, row, members);
    row.reached = last.contactId;
    await db.transaction(async (tx) => {
      if (!(await keepCleaning(tx, row))) throw new CleaningStopped();
      await insertFindings(tx, row.id, findings);
      await countJudged(tx, row);
    });
  }
  await moveCleaning(db, row.id, ['judging'], 'ready');
}

async function lookUpDomainsOf(
  db: Database,
  row: CleaningRecord,
  members: readonly Member[],
  lookUp: LookUp,
  watch: { silent: number },
  signal: AbortSignal | undefined,
): Promise<void> {
  const domains = [...new Set(members.map(({ domain }) => domain))].filter((domain) => !isKnownDomain(domain));
  for (let at = 0; at < domains.length; at += DOMAINS_AT_ONCE) {
    signal?.throwIfAborted();
    if (!(await keepCleaning(db, row))) throw new CleaningStopped();
    await lookUpMissing(db, domains.slice(at, at + DOMAINS_AT_ONCE), lookUp, watch);
  }
}

/** Judges a page and counts it into `row`. */
async function judge(db: Database, row: CleaningRecord, members: readonly Member[]): Promise<Finding[]> {
  const mail = await mailOfDomains(db, [...new Set(members.map(({ domain }) => domain))]);
  const findings: Finding[] = [];
  for (const { contactId, email, domain, past } of members) {
    const known = mail.get(domain) ?? null;
    const { verdict, reasons, suggestion } = judgeAddress(email, known, past);
    row.judged++;
    if (!known && !isKnownDomain(domain)) row.unanswered++;
    row.verdicts[verdict] = (row.verdicts[verdict] ?? 0) + 1;
    const [gravest] = reasons;
    if (!gravest) continue;
    row.reasons[gravest] = (row.reasons[gravest] ?? 0) + 1;
    findings.push({ contactId, verdict, reasons, suggestion });
  }
  return findings;
}
