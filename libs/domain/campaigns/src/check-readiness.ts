import type { z } from 'zod';
import type { Checklist } from '#contracts';
import type { CompileResult } from '#engine/render';
import type { Database } from '#platform/database';
import { withSavedBlocks } from '#domain/templates';
import type { ContentCompiler } from '#domain/templates';
import { compileChoices } from './compile-choices.js';
import type { CampaignRow } from './campaign.repository.js';
import { checkCampaign } from './check-campaign.js';
import { contentItems, isCurrent, preflightOf, slowItems } from './preflight/preflight-items.js';
import { findPreflight } from './preflight/preflight.repository.js';
import type { PreflightRow } from './preflight/preflight.repository.js';

type Item = z.infer<typeof Checklist>['items'][number];

/** Everything that is known about a draft: its rules, its content, and the slow checks where they are of just this draft. */
export interface Readiness {
  items: Item[];
  compiled: CompileResult;
  preflight: PreflightRow | undefined;
}

/** Checks a draft: the one way for the checklist a person sees and for the start, so that what is shown is what blocks. */
export async function checkReadiness(
  db: Database,
  compiler: ContentCompiler,
  campaign: CampaignRow,
): Promise<Readiness> {
  const items = await checkCampaign(db, campaign);
  const source = await withSavedBlocks(db, campaign.workspaceId, campaign.content);
  const compiled = await compiler.compile(source, compileChoices(campaign));
  const problems = compiled.ok ? compiled.content.problems : compiled.problems;
  for (const { severity, property, code, message, params, line } of problems) {
    items.push({
      ...{ code, severity, message, property: `content.${property}` },
      params: { ...params, ...(line ? { line } : {}) },
    });
  }
  const preflight = await findPreflight(db, campaign.id);
  if (compiled.ok) {
    items.push(...contentItems(compiled.content));
    const current = isCurrent(preflight, preflightOf(campaign, compiled.content).key, Date.now());
    if (current && preflight.status === 'done') items.push(...slowItems(preflight));
  }
  return { items, compiled, preflight };
}
