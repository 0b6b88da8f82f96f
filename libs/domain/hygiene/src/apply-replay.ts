import type { HygieneRule } from '#contracts';
import type { RuleSetting } from '#engine/hygiene';
import type { Transaction } from '#platform/database';
import { markAddressStatuses } from '#domain/contacts';
import { putBack, suppressAll, takeOff } from '#domain/suppressions';
import { suppressionReason } from './apply-bounces.js';
import { countEffects, findTouched, keepBefore } from './change.repository.js';
import type { ChangeRow } from './change.repository.js';
import { findEvidence } from './hit.repository.js';
import { replay } from './replay.js';
import type { Difference } from './replay.js';

const PAGE = 500;

/** How many a replay touches. */
export interface Counts {
  suppressed: number;
  backedOff: number;
  freed: number;
}

/** Makes the suppression list agree with a changed row, and keeps what stood there for the undo. */
export async function applyReplay(
  tx: Transaction,
  changeId: string,
  scope: { workspaceId: string; rule: HygieneRule; setting: RuleSetting },
): Promise<{ suppressed: number; freed: number }> {
  const { workspaceId, rule } = scope;
  const found: Counts = { suppressed: 0, backedOff: 0, freed: 0 };
  await replay(tx, { ...scope, now: Date.now() }, async (differences) => {
    countDifferences(found, differences);
    await keepBefore(tx, changeId, differences);
    const all = differences.map(({ canonical }) => canonical);
    await takeOff(tx, workspaceId, rule, all);
    const evidence = await findEvidence(tx, workspaceId, rule, all);
    await suppressAll(
      tx,
      workspaceId,
      differences
        .filter(({ effect }) => effect !== 'freed')
        .map(({ canonical, effect, until }) => ({
          ...{ canonical, rule, expiresAt: until === null ? null : new Date(until) },
          ...evidence.get(canonical),
          reason: rule === 'unreachable' ? 'quarantined' : suppressionReason(rule, effect === 'backed_off'),
        })),
    );
    await markAddressStatuses(tx, workspaceId, all);
  });
  const effects = { suppressed: found.suppressed + found.backedOff, freed: found.freed };
  await countEffects(tx, changeId, effects);
  return effects;
}

/** Puts back what a replay found, but for what happened to an address since. */
export async function undoReplay(tx: Transaction, workspaceId: string, { id, rule }: ChangeRow): Promise<void> {
  for (let after = ''; ;) {
    const touched = await findTouched(tx, id, after, PAGE);
    const all = touched.map(({ canonical }) => canonical);
    await takeOff(tx, workspaceId, rule, all);
    await putBack(
      tx,
      workspaceId,
      touched.flatMap(({ before }) => (before === null ? [] : [before])),
    );
    await markAddressStatuses(tx, workspaceId, all);
    if (touched.length < PAGE) return;
    after = all.at(-1)!;
  }
}

/** Adds a page of differences to the counts. */
export function countDifferences(found: Counts, differences: readonly Difference[]): void {
  for (const { effect } of differences) found[effect === 'backed_off' ? 'backedOff' : effect] += 1;
}
