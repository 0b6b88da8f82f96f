import type { HygieneRule } from '#contracts';
import { decide, quarantineUntil, rowsCounted } from '#engine/hygiene';
import type { RuleSetting } from '#engine/hygiene';
import type { Sql } from '#platform/database';
import { domainEntry, findEntries } from '#domain/suppressions';
import type { StoredEntry } from '#domain/suppressions';
import { KNOWN_DOMAINS } from './apply-bounces.js';
import { findDomainHits, findRecords, tookMessages } from './hit.repository.js';
import type { AddressRecord } from './hit.repository.js';
import { findSettings } from './setting.repository.js';

/** So many addresses or domains at once, and so many in all. */
const PAGE = 500;
const KEYS_MAX = 50_000;

/** What a row, set so, makes of the bounces of an address or `@domain`. */
type Outcome = { do: 'nothing' } | { do: 'suppress' } | { do: 'back-off'; until: number };

/** Where that differs from the suppression list. */
export interface Difference {
  canonical: string;
  effect: 'suppressed' | 'backed_off' | 'freed';
  bounces: number;
  lastAt: number;
  until: number | null;
  /** The entry as it is. */
  before: StoredEntry | null;
}

export interface Replay {
  looked: number;
  complete: boolean;
}

/**
 * Compares what a row, set so, says about all stored bounces with the suppression list, page by page. Only entries this
 * very row has made are ever freed.
 */
export async function replay(
  sql: Sql,
  scope: { workspaceId: string; rule: HygieneRule; setting: RuleSetting; now: number },
  take: (differences: Difference[]) => Promise<void> | void,
): Promise<Replay> {
  const { workspaceId, rule } = scope;
  let cursor = '';
  let looked = 0;
  if (rule === 'blocked' || rule === 'other') return { looked, complete: true };
  const counted = rowsCounted(rule, await findSettings(sql, workspaceId));
  for (;;) {
    const keys = await nextKeys(sql, workspaceId, rule, cursor);
    const domains = rule === 'unreachable';
    const names = domains ? keys.map(domainEntry) : keys;
    const entries = await findEntries(sql, workspaceId, names);
    const records = domains
      ? await domainRecords(sql, workspaceId, keys)
      : await findRecords(sql, workspaceId, counted, keys);
    const found = names.map((canonical) => {
      const record = records.get(canonical) ?? { hits: [], signs: { active: [], delivered: [] } };
      return differenceOf(scope, canonical, record, entries.get(canonical) ?? null);
    });
    await take(found.filter((difference) => difference !== null));
    looked += keys.length;
    cursor = keys.at(-1) ?? '';
    if (keys.length < PAGE) return { looked, complete: true };
    if (looked >= KEYS_MAX) return { looked, complete: false };
  }
}

/** Addresses, or domains, with bounces under a row, in the order of their names. */
async function nextKeys(sql: Sql, workspaceId: string, rule: HygieneRule, after: string): Promise<string[]> {
  const column = rule === 'unreachable' ? 'domain' : 'canonical';
  const rows = await sql.rows<{ key: string }>(
    `SELECT DISTINCT ${column} AS key FROM hygiene_hits
     WHERE workspace_id = $1 AND rule = $2 AND ${column} > $3 ORDER BY key LIMIT $4`,
    [workspaceId, rule, after, PAGE],
  );
  return rows.map(({ key }) => key);
}

async function domainRecords(
  sql: Sql,
  workspaceId: string,
  domains: readonly string[],
): Promise<Map<string, AddressRecord>> {
  const records = new Map<string, AddressRecord>();
  for (const domain of domains) {
    const hits = await findDomainHits(sql, workspaceId, domain);
    const alive =
      KNOWN_DOMAINS.has(domain) ||
      (hits.length > 1 && (await tookMessages(sql, workspaceId, domain, Math.min(...hits))));
    records.set(domainEntry(domain), { hits: alive ? [] : hits, signs: { active: [], delivered: [] } });
  }
  return records;
}

function differenceOf(
  { rule, setting, now }: { rule: HygieneRule; setting: RuleSetting; now: number },
  canonical: string,
  record: AddressRecord,
  before: StoredEntry | null,
): Difference | null {
  const outcome = outcomeOf(rule, setting, record, now);
  const ours = before?.rule === rule;
  const lastAt = Math.max(...record.hits, 0);
  const difference = { canonical, bounces: record.hits.length, lastAt, before };
  const ends = typeof before?.['expires_at'] === 'string' ? Date.parse(before['expires_at']) : null;
  if (outcome.do === 'suppress') {
    // Somebody who is barred for good already is not barred once more.
    return before && ends === null ? null : { ...difference, effect: 'suppressed', until: null };
  }
  if (outcome.do === 'back-off') {
    if (before && (!ours || ends === outcome.until)) return null;
    return { ...difference, effect: 'backed_off', until: outcome.until };
  }
  return ours ? { ...difference, effect: 'freed', until: null } : null;
}

/** Tells the bounces again in their order. What is suppressed once stays so; a back-off counts while it lasts. */
function outcomeOf(rule: HygieneRule, setting: RuleSetting, { hits, signs }: AddressRecord, now: number): Outcome {
  let backOff: Outcome = { do: 'nothing' };
  for (const at of [...hits].sort((a, b) => a - b)) {
    if (rule === 'unreachable') {
      const until = quarantineUntil(setting, hits, at);
      if (until !== null && until > now) backOff = { do: 'back-off', until };
      continue;
    }
    const decision = decide(rule, setting, { hits, signs, at });
    if (decision.do === 'suppress') return { do: 'suppress' };
    const over = decision.do !== 'back-off' || decision.until <= now || signs.active.some((time) => time >= at);
    backOff = over ? { do: 'nothing' } : { do: 'back-off', until: decision.until };
  }
  return backOff;
}
