import type { z } from 'zod';
import type { Checklist } from '#contracts';
import type { CampaignRow } from '../campaign.repository.js';
import type { AbTestSettings } from './ab-test.repository.js';
import { letterOf, variantsOf } from './variant-contents.js';

type Item = z.infer<typeof Checklist>['items'][number];

/** What is wrong with a test itself: nothing to compare, or nothing to compare by. */
export function checkAbTest(campaign: CampaignRow, test: AbTestSettings): Item[] {
  const items: Item[] = [];
  const error = (code: string, property: string, message: string, params?: Item['params']) =>
    items.push({ code, severity: 'error', property, message, ...(params ? { params } : {}) });
  const variants = variantsOf(campaign, test).map(({ variant, fromName, content }) => {
    return { variant, said: JSON.stringify([fromName, content]), subject: content.subject };
  });
  for (const { variant, said, subject } of variants.slice(1)) {
    const letter = letterOf(variant);
    const twin = variants.find((other) => other.variant < variant && other.said === said);
    if (twin) {
      const params = { variant: letter, other: letterOf(twin.variant) };
      error('AB_SAME', `abTest.variants.${variant - 1}`, `Variant ${letter} is the same as ${params.other}.`, params);
    }
    if (!subject.trim()) {
      const message = `Variant ${letter} has no subject.`;
      error('AB_SUBJECT_EMPTY', `abTest.variants.${variant - 1}.subject`, message, { variant: letter });
    }
  }
  if (test.metric === 'clicked' && !campaign.trackClicks) {
    error('AB_CLICKS_OFF', 'abTest.metric', 'The test is decided by clicks, and clicks are not counted.');
  }
  if (test.metric === 'opened' && !campaign.trackOpens) {
    error('AB_OPENS_OFF', 'abTest.metric', 'The test is decided by opens, and opens are not counted.');
  }
  return items;
}

/** The place of a variant's problem on the checklist; those of A are the campaign's own. */
export function placeOf(variant: number, property: string): string {
  return variant === 0 ? property : `abTest.variants.${variant - 1}.${property}`;
}
