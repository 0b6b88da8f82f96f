import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Checklist } from '#contracts';
import { inspectMail, judgeLink, linksToCheck } from '#engine/preflight';
import { SAMPLE_MERGE_DATA, SAMPLE_URLS, createRenderer, neededVariables } from '#engine/render';
import type { CompiledContent } from '#engine/render';
import type { ReadyVariant } from '../ab/variant-contents.js';
import type { CampaignRow } from '../campaign.repository.js';
import type { PreflightRow } from './preflight.repository.js';

type Item = z.infer<typeof Checklist>['items'][number];
export type PreflightState = z.infer<typeof Checklist>['preflight'];

/** What was found is believed for so long: a site may break, contacts change. */
const BELIEVED_MS = 3_600_000;

/** What is to be checked slowly about a draft and its variants, and the name under which it is remembered. */
export function preflightOf(
  campaign: CampaignRow,
  variants: ReadonlyArray<Pick<ReadyVariant, 'compiled'>>,
): Pick<PreflightRow, 'key' | 'urls' | 'needed'> {
  const contents = variants.map(({ compiled }) => compiled);
  const urls = linksToCheck(contents.flatMap(({ links }) => links.map(({ url }) => url)));
  const needed = [...new Set(contents.flatMap(neededVariables))];
  const key = createHash('sha256')
    .update(JSON.stringify([urls, needed, campaign.audience]))
    .digest('hex');
  return { key, urls, needed };
}

/** What the mail itself tells, by a sample recipient. */
export function contentItems(content: CompiledContent): Item[] {
  const { subject, preheader, html, text } = createRenderer(content).render(SAMPLE_MERGE_DATA, SAMPLE_URLS);
  return inspectMail({ subject, preheader, html, text, links: content.links.map(({ url }) => url) });
}

/** Whether the stored check is of this content and audience, and still believed. */
export function isCurrent(row: PreflightRow | undefined, key: string, nowMs: number): row is PreflightRow {
  if (row?.key !== key) return false;
  return row.status !== 'done' || nowMs - (row.finishedAt?.getTime() ?? 0) < BELIEVED_MS;
}

/** What the slow checks have found. */
export function slowItems({ links, missing }: Pick<PreflightRow, 'links' | 'missing'>): Item[] {
  return [...links.flatMap(linkItem), ...missing.map(missingItem)];
}

function linkItem({ url, reply }: PreflightRow['links'][number]): Item[] {
  const verdict = judgeLink(reply);
  if (verdict.state === 'ok' || verdict.state === 'unknown') return [];
  return [
    {
      code: verdict.code,
      severity: verdict.state === 'broken' ? 'error' : 'warning',
      property: 'content.html',
      message: `The link ${url} does not work (${verdict.code}).`,
      params: { ...verdict.params, url: url.slice(0, 200) },
    },
  ];
}

function missingItem({ variable, count }: PreflightRow['missing'][number]): Item {
  const message = `${count} recipients have nothing for ${variable}.`;
  return { code: 'DATA_MISSING', severity: 'warning', property: 'content.html', message, params: { variable, count } };
}

/** How far the slow checks are. */
export function stateOf(row: PreflightRow | undefined, current: boolean, linksAsked: boolean): PreflightState {
  const links = row?.links ?? [];
  return {
    status: !row || !current ? 'stale' : row.status === 'done' ? 'done' : 'running',
    done: row?.done ?? 0,
    total: row?.urls.length ?? 0,
    unknownLinks: current ? links.filter(({ reply }) => judgeLink(reply).state === 'unknown').length : 0,
    linksAsked,
    finishedAt: current ? (row?.finishedAt?.toISOString() ?? null) : null,
  };
}
