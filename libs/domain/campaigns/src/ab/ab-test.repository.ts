import type { AbMetric, AbVariant } from '#contracts';
import type { AbShares, ArmCounts, Verdict } from '#engine/ab-test';
import type { CompiledContent } from '#engine/render';
import type { Sql } from '#platform/database';

/** What a person sets of a test. */
export interface AbTestSettings {
  /** Those beside A. */
  variants: AbVariant[];
  sample: number;
  holdOut: number;
  metric: AbMetric;
  durationMinutes: number;
  /** What the rest gets where nobody wins; null asks. */
  fallback: number | null;
}

/** What a verdict was made of, for one variant. */
export interface CountedArm extends ArmCounts {
  /** When the first and the last of those delivered had it, as ISO text. */
  from: string | null;
  until: string | null;
}

/** A row of `ab_tests`: the test of one campaign. */
export interface AbTestRow extends AbTestSettings {
  campaignId: string;
  version: number;
  /** Places of the split that the preparation has given out. */
  placed: number;
  measuredFrom: Date | null;
  judgedAt: Date | null;
  verdict: Verdict | null;
  /** By the counts at the time of the verdict, A first. */
  counted: CountedArm[] | null;
  /** What the rest gets, once that is known. */
  winner: number | null;
  chosenAt: Date | null;
  chosenBy: 'rule' | 'person' | null;
}

const COLUMNS = `campaign_id AS "campaignId", version, variants, sample, hold_out AS "holdOut", metric,
  duration_minutes AS "durationMinutes", fallback, placed, measured_from AS "measuredFrom", judged_at AS "judgedAt",
  verdict, counted, winner, chosen_at AS "chosenAt", chosen_by AS "chosenBy"`;

export function findAbTest(sql: Sql, campaignId: string): Promise<AbTestRow | undefined> {
  return sql.first({ name: 'ab_test', text: `SELECT ${COLUMNS} FROM ab_tests WHERE campaign_id = $1` }, [campaignId]);
}

/** How the test divides an audience. */
export function sharesOf({ variants, sample, holdOut }: Pick<AbTestRow, 'variants' | 'sample' | 'holdOut'>): AbShares {
  return { variants: variants.length + 1, sample, holdOut };
}

/** Whether somebody waits for the decision. */
export function hasRest({ sample, holdOut }: Pick<AbTestRow, 'sample' | 'holdOut'>): boolean {
  return sample + holdOut < 100;
}

/** @param version as it was read; 0 where there was none. @returns undefined when it is another by now */
export function saveAbTest(
  sql: Sql,
  campaignId: string,
  version: number,
  test: AbTestSettings,
): Promise<AbTestRow | undefined> {
  return sql.first(
    `INSERT INTO ab_tests (campaign_id, variants, sample, hold_out, metric, duration_minutes, fallback)
     SELECT $1, $3, $4, $5, $6, $7, $8
     WHERE $2::int = 0 OR EXISTS (SELECT 1 FROM ab_tests WHERE campaign_id = $1)
     ON CONFLICT (campaign_id) DO UPDATE SET version = ab_tests.version + 1, variants = excluded.variants,
       sample = excluded.sample, hold_out = excluded.hold_out, metric = excluded.metric,
       duration_minutes = excluded.duration_minutes, fallback = excluded.fallback
     WHERE ab_tests.version = $2
     RETURNING ${COLUMNS}`,
    [
      campaignId,
      version,
      JSON.stringify(test.variants),
      test.sample,
      test.holdOut,
      test.metric,
      test.durationMinutes,
      test.fallback,
    ],
  );
}

export function deleteAbTest(sql: Sql, campaignId: string): Promise<number> {
  return sql.run('DELETE FROM ab_tests WHERE campaign_id = $1', [campaignId]);
}

/** The same test for a copy of its campaign. */
export async function copyAbTest(sql: Sql, from: string, to: string): Promise<void> {
  const test = await findAbTest(sql, from);
  if (test) await saveAbTest(sql, to, 0, test);
}

/** A variant beside A as it was frozen at the start. */
export interface FrozenVariant {
  fromName: string;
  compiled: CompiledContent;
}

export async function saveFrozenVariants(
  sql: Sql,
  campaignId: string,
  variants: ReadonlyArray<FrozenVariant & { variant: number }>,
): Promise<void> {
  for (const { variant, fromName, compiled } of variants) {
    await sql.run('INSERT INTO campaign_variants (campaign_id, variant, from_name, compiled) VALUES ($1, $2, $3, $4)', [
      campaignId,
      variant,
      fromName,
      JSON.stringify(compiled),
    ]);
  }
}

export function findFrozenVariant(sql: Sql, campaignId: string, variant: number): Promise<FrozenVariant | undefined> {
  return sql.first(
    'SELECT from_name AS "fromName", compiled FROM campaign_variants WHERE campaign_id = $1 AND variant = $2',
    [campaignId, variant],
  );
}
