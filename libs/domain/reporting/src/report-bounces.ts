import type { z } from 'zod';
import type { CampaignReport } from '#contracts';
import type { Sql } from '#platform/database';

type Report = z.infer<typeof CampaignReport>;

/**
 * Why messages did not arrive: refusals in the session, bounces that came later, and those that never were accepted
 * before the deadline. The counts add up to the numerator of the bounce rate. A refusal that has not been classified
 * yet, for a second or so, is *undefined*.
 *
 * Index: the ledger's primary key. 35 ms at 100,000 recipients of which 4 % failed.
 */
export function reportBounces(sql: Sql, campaignId: string): Promise<Report['bounceReasons']> {
  return sql.rows(
    {
      name: 'report_bounces',
      text: `
        SELECT reason, kind, count(*)::int AS count, coalesce(min(words) FILTER (WHERE words <> ''), '') AS sample
        FROM (
          SELECT CASE WHEN status = 'expired' THEN 'expired' ELSE coalesce(bounce_reason, 'undefined') END AS reason,
            CASE WHEN status = 'expired' THEN 'soft' ELSE coalesce(bounce_kind, 'soft') END AS kind,
            left(CASE WHEN status = 'expired' THEN attempts->-1->>'text'
              ELSE coalesce(nullif(bounce_detail, ''), attempts->-1->>'text') END, 500) AS words
          FROM campaign_recipients
          WHERE campaign_id = $1
            AND (status IN ('rejected', 'expired') OR (status = 'accepted' AND bounced_at IS NOT NULL))
        ) failures
        GROUP BY reason, kind ORDER BY count(*) DESC, reason, kind`,
    },
    [campaignId],
  );
}
