import type { z } from 'zod';
import type { FieldType, SegmentProblem, SegmentRule } from '#contracts';
import { PROVIDERS } from '#engine/pace';
import { describeRule, referencesOf } from '#engine/segment-query';
import type { Reference, RuleNames } from '#engine/segment-query';
import type { Sql } from '#platform/database';
import { findFields } from '#domain/contacts';

type Problem = z.infer<typeof SegmentProblem>;

/** What the workspace has of all that some rules name. */
export interface RuleFacts {
  fields: ReadonlyMap<string, { label: string; type: FieldType }>;
  lists: ReadonlyMap<string, string>;
  campaigns: ReadonlyMap<string, string>;
  tags: ReadonlySet<string>;
}

/** Looks up, for several rules at once, what they refer to. */
export async function loadFacts(sql: Sql, workspaceId: string, rules: readonly SegmentRule[]): Promise<RuleFacts> {
  const references = rules.flatMap(referencesOf);
  const ids = (what: 'list' | 'campaign') => references.flatMap((each) => (each.what === what ? [each.id] : []));
  const named = async (table: 'lists' | 'campaigns', wanted: string[]) => {
    if (wanted.length === 0) return new Map<string, string>();
    const rows = await sql.rows<{ id: string; name: string }>(
      `SELECT id, name FROM ${table} WHERE workspace_id = $1 AND id = ANY ($2::bigint[])`,
      [workspaceId, wanted],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  };
  const tags = references.flatMap((each) => (each.what === 'tag' ? [each.name] : []));
  return {
    fields: new Map(
      references.some(({ what }) => what === 'field')
        ? (await findFields(sql, workspaceId)).map(({ key, label, type }) => [key, { label, type }])
        : [],
    ),
    lists: await named('lists', ids('list')),
    campaigns: await named('campaigns', ids('campaign')),
    tags: new Set(
      tags.length === 0
        ? []
        : (
            await sql.rows<{ name: string }>(
              'SELECT name FROM tags WHERE workspace_id = $1 AND name = ANY ($2::text[])',
              [workspaceId, tags],
            )
          ).map(({ name }) => name),
    ),
  };
}

/**
 * What of a rule can't be asked any more. A rule with such a part is not counted: without a list, *on no list of these*
 * would be everybody.
 * @param prefix path of the rule in what the caller sent
 */
export function problemsOf(rule: SegmentRule, facts: RuleFacts, prefix = 'rule'): Problem[] {
  return referencesOf(rule).flatMap((reference) => {
    const problem = problemOf(reference, facts);
    return problem ? [{ ...problem, property: `${prefix}.${reference.property}` }] : [];
  });
}

const PROVIDER_IDS: ReadonlySet<string> = new Set([...Object.keys(PROVIDERS), 'other']);

function problemOf(reference: Reference, facts: RuleFacts): Omit<Problem, 'property'> | null {
  switch (reference.what) {
    case 'field': {
      const { key, type } = reference;
      const field = facts.fields.get(key);
      if (!field) return { code: 'FIELD_GONE', message: `There is no field ${key} any more.`, params: { key } };
      if (field.type === type) return null;
      const message = `The field ${key} holds a ${field.type} and is asked as a ${type}.`;
      return { code: 'FIELD_TYPE', message, params: { key, type: field.type } };
    }
    case 'list':
      return facts.lists.has(reference.id) ? null : { code: 'LIST_GONE', message: 'The list has been deleted.' };
    case 'campaign':
      if (facts.campaigns.has(reference.id)) return null;
      return { code: 'CAMPAIGN_GONE', message: 'The campaign has been deleted.' };
    case 'tag': {
      const { name } = reference;
      if (facts.tags.has(name)) return null;
      return { code: 'TAG_GONE', message: `There is no tag ${name} any more.`, params: { name } };
    }
    case 'provider': {
      const { name } = reference;
      if (PROVIDER_IDS.has(name)) return null;
      return { code: 'PROVIDER_UNKNOWN', message: `There is no mailbox provider ${name}.`, params: { name } };
    }
  }
}

/** The rule as a sentence in both languages. */
export function summaryOf(rule: SegmentRule, facts: RuleFacts): { zh: string; en: string } {
  const names: RuleNames = {
    field: (key) => facts.fields.get(key)?.label,
    list: (id) => facts.lists.get(id),
    campaign: (id) => facts.campaigns.get(id),
  };
  return { zh: describeRule(rule, names, 'zh-CN'), en: describeRule(rule, names, 'en') };
}
