import type { z } from 'zod';
import type { Checklist } from '#contracts';
import type { Database } from '#platform/database';
import type { ContentCompiler } from '#domain/templates';
import { findAbTest } from './ab/ab-test.repository.js';
import type { AbTestRow } from './ab/ab-test.repository.js';
import { checkAbTest, placeOf } from './ab/check-ab-test.js';
import type { Departure } from './ab/check-ab-test.js';
import { compileVariants, letterOf, readyVariants } from './ab/variant-contents.js';
import type { CompiledVariant, ReadyVariant } from './ab/variant-contents.js';
import type { CampaignRow } from './campaign.repository.js';
import { checkCampaign } from './check-campaign.js';
import { contentItems, isCurrent, preflightOf, slowItems } from './preflight/preflight-items.js';
import { findPreflight } from './preflight/preflight.repository.js';
import type { PreflightRow } from './preflight/preflight.repository.js';

type Item = z.infer<typeof Checklist>['items'][number];

/** Everything that is known about a draft: its rules, its content, and the slow checks where they are of just this draft. */
export interface Readiness {
  items: Item[];
  /** A first, and alone where nothing is tested; null when one of them has errors. */
  ready: ReadyVariant[] | null;
  test: AbTestRow | undefined;
  preflight: PreflightRow | undefined;
}

/**
 * Checks a draft: the one way for the checklist a person sees and for the start, so that what is shown is what blocks.
 * @param departure when it is to leave; undefined for a schedule that is due
 */
export async function checkReadiness(
  db: Database,
  compiler: ContentCompiler,
  campaign: CampaignRow,
  departure: Departure | undefined,
): Promise<Readiness> {
  const items = await checkCampaign(db, campaign);
  const test = await findAbTest(db, campaign.id);
  if (test) items.push(...checkAbTest(campaign, test, departure));
  const variants = await compileVariants(db, compiler, campaign, test);
  for (const variant of variants) items.push(...itemsOf(variant));
  const ready = readyVariants(variants);
  const preflight = await findPreflight(db, campaign.id);
  if (ready) {
    const current = isCurrent(preflight, preflightOf(campaign, ready).key, Date.now());
    if (current && preflight.status === 'done') items.push(...slowItems(preflight));
  }
  return { items, ready, test, preflight };
}

/** What is wrong with the content of one variant; what it shares with A is said of A. */
function itemsOf({ variant, own, compiled }: CompiledVariant): Item[] {
  const problems = compiled.ok ? compiled.content.problems : compiled.problems;
  const found = problems.map(({ severity, property, code, message, params, line }): Item => ({
    ...{ code, severity, message, property: `content.${property}` },
    params: { ...params, ...(line ? { line } : {}) },
  }));
  if (compiled.ok) found.push(...contentItems(compiled.content));
  if (variant === 0) return found;
  return found
    .filter(({ property }) => own || property === 'content.subject')
    .map((item) => {
      const params = { ...item.params, variant: letterOf(variant) };
      return { ...item, property: placeOf(variant, item.property), params };
    });
}
