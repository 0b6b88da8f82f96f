import type { LeavingReport } from '#contracts';
import type { Sql } from '#platform/database';

/** So many of the newest comments are shown. */
const COMMENTS_MAX = 20;

/** Why people left by a campaign, most frequent first. */
export async function leavingReport(sql: Sql, campaignId: string): Promise<LeavingReport> {
  const [reasons, comments, left] = await Promise.all([
    sql.rows<LeavingReport['reasons'][number]>(
      `SELECT reason, count(*)::int AS count FROM unsubscribe_reasons WHERE campaign_id = $1
       GROUP BY reason ORDER BY count(*) DESC, reason`,
      [campaignId],
    ),
    sql.rows<Omit<LeavingReport['comments'][number], 'at'> & { at: Date }>(
      `SELECT at, reason, comment FROM unsubscribe_reasons WHERE campaign_id = $1 AND comment <> ''
       ORDER BY at DESC LIMIT ${COMMENTS_MAX}`,
      [campaignId],
    ),
    sql.first<{ n: number }>(
      `SELECT count(*)::int AS n FROM campaign_recipients WHERE campaign_id = $1 AND unsubscribed_at IS NOT NULL`,
      [campaignId],
    ),
  ]);
  return {
    left: left?.n ?? 0,
    reasons,
    comments: comments.map(({ at, ...comment }) => ({ ...comment, at: at.toISOString() })),
  };
}
