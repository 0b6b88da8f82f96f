import type { z } from 'zod';
import { testsTimes } from '#contracts';
import type { Checklist } from '#contracts';
import { SPREAD_DAYS, timeProblems } from '#engine/ab-test';
import type { TimeProblem } from '#engine/ab-test';
import type { CampaignRow } from '../campaign.repository.js';
import type { AbTestSettings } from './ab-test.repository.js';
import { letterOf, variantsOf } from './variant-contents.js';

type Item = z.infer<typeof Checklist>['items'][number];

/** When a campaign is to leave, in milliseconds since 1970; `at` is null while nobody has said it. */
export interface Departure {
  now: number;
  at: number | null;
}

const TIME_SAYS: Record<TimeProblem, { code: string; says: string }> = {
  past: { code: 'AB_TIME_PAST', says: 'has passed' },
  early: { code: 'AB_TIME_EARLY', says: 'is not after that of A, the campaign’s own' },
  far: { code: 'AB_TIME_FAR', says: `is more than ${SPREAD_DAYS} days after that of A` },
};

/**
 * What is wrong with a test itself: nothing to compare, or nothing to compare by.
 * @param departure undefined where it can't be put off any more: a schedule that starts late sends late
 */
export function checkAbTest(campaign: CampaignRow, test: AbTestSettings, departure: Departure | undefined): Item[] {
  const items: Item[] = [];
  const error = (code: string, property: string, message: string, params?: Item['params']) =>
    items.push({ code, severity: 'error', property, message, ...(params ? { params } : {}) });
  const variants = variantsOf(campaign, test).map(({ variant, fromName, content }) => {
    const sendAt = test.variants[variant - 1]?.sendAt;
    return { variant, said: JSON.stringify([fromName, content, sendAt ?? null]), subject: content.subject };
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
  if (testsTimes(test) && campaign.hourlyLimit !== null) {
    error('AB_TIMES_LIMITED', 'hourlyLimit', 'An hourly limit would spread what a test of send times compares.');
  }
  if (departure && testsTimes(test)) {
    for (const [index, { code, says }] of timesOf(test, departure)) {
      const letter = letterOf(index + 1);
      const message = `The time of variant ${letter} ${says}.`;
      error(code, `abTest.variants.${index}.sendAt`, message, { variant: letter, days: SPREAD_DAYS });
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

/** What is wrong with send times, by the place of the variant. */
function timesOf({ variants }: AbTestSettings, { now, at }: Departure): [number, { code: string; says: string }][] {
  const others = variants.map(({ sendAt }) => Date.parse(sendAt ?? ''));
  return timeProblems({ now, begins: at, others }).flatMap((problem, index): [number, (typeof TIME_SAYS)['past']][] =>
    problem ? [[index, TIME_SAYS[problem]]] : [],
  );
}

/** The place of a variant's problem on the checklist; those of A are the campaign's own. */
export function placeOf(variant: number, property: string): string {
  return variant === 0 ? property : `abTest.variants.${variant - 1}.${property}`;
}
