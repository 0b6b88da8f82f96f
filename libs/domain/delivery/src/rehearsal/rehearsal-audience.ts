import { EXCLUSION_REASONS } from '#contracts';
import type { ExclusionReason } from '#contracts';
import { PROVIDER_DOMAINS } from '#engine/pace';
import type { Database, Sql } from '#platform/database';
import { EVERYBODY, audienceRules, candidates, countMissing } from '#domain/campaigns';
import type { AudienceRules, CampaignRow } from '#domain/campaigns';
import { RESERVED_DOMAIN } from '../prepare-campaign.js';
import type { RenderRecipient } from '../render-task.js';

/** Recipients who travel together. */
export interface AudienceGroup {
  provider: string;
  reserved: boolean;
  count: number;
  /** Different domains among them. */
  domains: number;
}

export interface RehearsalAudience {
  candidates: number;
  prepared: number;
  excluded: number;
  exclusions: { reason: ExclusionReason; count: number }[];
  groups: AudienceGroup[];
  missing: { variable: string; count: number; address: string }[];
  sample: RenderRecipient[];
}

/**
 * Who would be prepared if the campaign started now, by the statement that the preparation itself uses; read only, from
 * one snapshot.
 * @param variables merge paths of the content, such as `fields.city`
 */
export function readAudience(
  db: Database,
  campaign: CampaignRow,
  { variables, sample }: { variables: readonly string[]; sample: number },
): Promise<RehearsalAudience> {
  return db.transaction(
    async (tx) => {
      await tx.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const rules = await audienceRules(tx, campaign);
      const rows = await countGroups(tx, rules);
      const groups = rows.flatMap(({ reason, ...group }) => (reason === null ? [group] : []));
      const exclusions = EXCLUSION_REASONS.map((reason) => ({
        reason,
        count: sum(rows.filter((row) => row.reason === reason)),
      })).filter(({ count }) => count > 0);
      const prepared = sum(groups);
      const excluded = sum(exclusions);
      return {
        candidates: prepared + excluded,
        prepared,
        excluded,
        exclusions,
        groups,
        missing: await countMissing(tx, rules, variables),
        sample: await takeSample(tx, rules, Math.max(1, Math.ceil(prepared / sample))),
      };
    },
    { timeoutMs: 300_000 },
  );
}

const sum = (rows: readonly { count: number }[]) => rows.reduce((total, { count }) => total + count, 0);

function countGroups(sql: Sql, rules: AudienceRules): Promise<(AudienceGroup & { reason: ExclusionReason | null })[]> {
  const { ctes, values } = candidates(rules, EVERYBODY, [
    PROVIDER_DOMAINS.map((entry) => entry.domain),
    PROVIDER_DOMAINS.map((entry) => entry.provider),
  ]);
  return sql.rows(
    `WITH ${ctes}
     SELECT coalesce(p.provider, m.provider, 'other') AS provider, ${RESERVED_DOMAIN} AS reserved, c.reason,
       count(*)::int AS count, count(DISTINCT c.domain)::int AS domains
     FROM candidates c LEFT JOIN unnest($6::text[], $7::text[]) AS p (domain, provider) ON p.domain = c.domain
     LEFT JOIN mail_domains m ON p.domain IS NULL AND m.domain = c.domain
     GROUP BY 1, 2, 3 ORDER BY count DESC, 1`,
    values,
  );
}

/** One in so many, spread evenly over the whole audience. */
function takeSample(sql: Sql, rules: AudienceRules, step: number): Promise<RenderRecipient[]> {
  const { ctes, values } = candidates(rules, EVERYBODY, [step]);
  return sql.rows(
    `WITH ${ctes}, numbered AS (
       SELECT id, row_number() OVER (ORDER BY id) AS n FROM candidates WHERE reason IS NULL
     )
     SELECT n::int AS seq, k.email, k.name, k.fields, k.tags FROM numbered JOIN contacts k USING (id)
     WHERE (n - 1) % $6 = 0 ORDER BY n`,
    values,
  );
}
