import { DomainError } from '#contracts';
import type { FieldError, SegmentRule } from '#contracts';
import { referencesOf } from '#engine/segment-query';
import type { SegmentContext } from '#engine/segment-query';
import type { Sql } from '#platform/database';
import { contextOf, findNamedRules, loadFacts, problemsOf } from '#domain/segments';
import type { NamedRule } from '#domain/segments';
import type { CampaignRow } from './campaign.repository.js';
import type { FrozenSegments } from './frozen-segments.js';

/** Who is meant, with the rules of the segments themselves: as they are now, or as they were at the start. */
export interface AudienceRules extends SegmentContext {
  lists: readonly string[];
  excludeLists: readonly string[];
  segments: readonly SegmentRule[];
  excludeSegments: readonly SegmentRule[];
}

type Campaign = Pick<CampaignRow, 'workspaceId' | 'audience'> &
  Partial<Pick<CampaignRow, 'frozenSegments' | 'frozenAt'>>;
const FIELDS = ['segments', 'excludeSegments'] as const;

/**
 * The rules of a campaign that has started, or those of a draft as they are at this moment.
 * @throws DomainError VALIDATION_FAILED when a draft's segment has gone or asks for something that has
 */
export async function audienceRules(sql: Sql, campaign: Campaign): Promise<AudienceRules> {
  const { workspaceId, audience, frozenSegments, frozenAt } = campaign;
  const { lists, excludeLists } = audience;
  const only = { workspaceId, lists, excludeLists, segments: [], excludeSegments: [] };
  if (FIELDS.every((field) => audience[field].length === 0)) return { ...only, nowMs: 0, timezone: 'UTC' };
  if (frozenSegments && frozenAt) {
    const rulesOf = (named: readonly NamedRule[]) => named.map(({ rule }) => rule);
    return {
      ...only,
      segments: rulesOf(frozenSegments.segments),
      excludeSegments: rulesOf(frozenSegments.excludeSegments),
      nowMs: frozenAt.getTime(),
      timezone: frozenSegments.timezone,
    };
  }
  const errors = await findSegmentProblems(sql, campaign);
  if (errors[0]) throw new DomainError('VALIDATION_FAILED', errors[0].message, { errors });
  const named = new Map((await namedRules(sql, campaign)).map(({ id, rule }) => [id, rule]));
  const rulesOf = (ids: readonly string[]) => ids.flatMap((id) => named.get(id) ?? []);
  return {
    ...only,
    segments: rulesOf(audience.segments),
    excludeSegments: rulesOf(audience.excludeSegments),
    ...(await contextOf(sql, workspaceId, Date.now())),
  };
}

/** What a start keeps; null without segments. */
export async function freezeSegments(sql: Sql, campaign: Campaign): Promise<FrozenSegments | null> {
  const named = await namedRules(sql, campaign);
  if (named.length === 0) return null;
  const chosen = (ids: readonly string[]) => named.filter(({ id }) => ids.includes(id));
  const { timezone } = await contextOf(sql, campaign.workspaceId, 0);
  const references = named.flatMap(({ rule }) => referencesOf(rule));
  return {
    segments: chosen(campaign.audience.segments),
    excludeSegments: chosen(campaign.audience.excludeSegments),
    timezone,
    lists: [...new Set(references.flatMap((each) => (each.what === 'list' ? [each.id] : [])))],
  };
}

/**
 * What is wrong with a draft's segments: those that have gone, and those that ask for a field or list that has.
 * @param lock in a transaction: none of them can be deleted or changed until it ends
 */
export async function findSegmentProblems(sql: Sql, campaign: Campaign, { lock = false } = {}): Promise<FieldError[]> {
  const rules = await namedRules(sql, campaign, lock);
  const known = new Map(rules.map((named) => [named.id, named]));
  const facts = await loadFacts(
    sql,
    campaign.workspaceId,
    rules.map(({ rule }) => rule),
  );
  return FIELDS.flatMap((field) =>
    campaign.audience[field].flatMap((id): FieldError[] => {
      const property = `audience.${field}`;
      const segment = known.get(id);
      if (!segment) {
        return [{ property, code: 'SEGMENT_GONE', message: 'One of the segments no longer exists. Choose again.' }];
      }
      const [problem] = problemsOf(segment.rule, facts);
      if (!problem) return [];
      const { name } = segment;
      const message = `The segment ${name} can't be asked any more: ${problem.message}`;
      return [{ property, code: 'SEGMENT_BROKEN', message, params: { name, segment: id } }];
    }),
  );
}

function namedRules(sql: Sql, { workspaceId, audience }: Campaign, lock = false): Promise<NamedRule[]> {
  return findNamedRules(sql, workspaceId, [...audience.segments, ...audience.excludeSegments], { lock });
}
