import type { z } from 'zod';
import { notFound } from '#contracts';
import type { CampaignReport, CampaignStatus, TIMELINE_WINDOWS } from '#contracts';
import type { Sql } from '#platform/database';
import { TIME_MEASURES } from './rollup/cells.js';

type Timeline = Pick<z.infer<typeof CampaignReport>, 'timeline' | 'timelineBucketSeconds' | 'ratePerMinute'>;
type Bucket = Timeline['timeline'][number];

/** How far a campaign has come. */
interface Course {
  startedAt: Date | null;
  status: CampaignStatus;
  now: Date;
}

const WINDOWS: Record<(typeof TIMELINE_WINDOWS)[number], number> = { '48h': 48 * 3_600, '30d': 30 * 86_400 };

/** The first hours or days of a campaign alone. */
export async function timelineWindow(
  sql: Sql,
  campaignId: string,
  window: keyof typeof WINDOWS,
): Promise<Omit<Timeline, 'ratePerMinute'>> {
  const course = await sql.first<Course>(
    'SELECT status, started_at AS "startedAt", now() AS now FROM campaigns WHERE id = $1',
    [campaignId],
  );
  if (!course) throw notFound('campaign', campaignId);
  const { timeline, timelineBucketSeconds } = await reportTimeline(sql, campaignId, course, WINDOWS[window]);
  return { timeline, timelineBucketSeconds };
}

/** Lengths people can read on an axis, each a multiple of the bins that cover a campaign of its age. */
const LENGTHS = [10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000];
const MAX_BUCKETS = 120;

/** Shortest bucket, in seconds, that covers the time in at most 120 buckets. */
export function bucketSeconds(from: Date, to: Date): number {
  const seconds = Math.max(0, (to.getTime() - from.getTime()) / 1000);
  return LENGTHS.find((length) => seconds / length <= MAX_BUCKETS - 1) ?? Math.ceil(seconds / (MAX_BUCKETS - 1));
}

/** Sums over bins of one campaign, as columns. */
export const BIN_SUMS = TIME_MEASURES.map((name, at) => `coalesce(sum(n[${at + 1}]), 0)::int AS "${name}"`).join(', ');

/**
 * When recipients were accepted and when they first opened, clicked or bounced (as the bounce rate counts it: refused
 * and expired ones too), in equal buckets from the start on; empty buckets are there too. A campaign under way is drawn
 * up to now, an ended one up to its last fact.
 * @param seconds no longer than this after the start
 *
 * Index: report_cells' primary key.
 */
export async function reportTimeline(
  sql: Sql,
  campaignId: string,
  { startedAt: from, status, now }: Course,
  seconds = Infinity,
): Promise<Timeline> {
  if (!from) return { timeline: [], timelineBucketSeconds: 60, ratePerMinute: 0 };
  const running = status === 'sending' || status === 'paused';
  const end = running ? now : ((await lastBin(sql, campaignId)) ?? from);
  const to = new Date(Math.min(end.getTime(), from.getTime() + seconds * 1000));
  const length = bucketSeconds(from, to);
  const [first, last] = [from, to].map((at) => Math.floor(at.getTime() / 1000 / length)) as [number, number];
  const rows = await sql.rows<Omit<Bucket, 'at'> & { bucket: string }>(
    {
      name: 'report_timeline',
      text: `SELECT key::bigint / $2::int AS bucket, ${BIN_SUMS} FROM report_cells
        WHERE campaign_id = $1 AND dim = 'time' AND ($3::bigint IS NULL OR key::bigint <= $3::bigint) GROUP BY 1`,
    },
    [campaignId, length, to < end ? Math.floor(to.getTime() / 1000) : null],
  );
  const timeline = Array.from({ length: Math.max(first, last) - first + 1 }, (_, index) =>
    emptyBucket((first + index) * length),
  );
  for (const { bucket, ...counts } of rows) {
    // Another machine's clock may be a little ahead or behind: its facts belong to the nearest bucket.
    const entry = timeline[Math.min(Math.max(Number(bucket) - first, 0), timeline.length - 1)];
    if (entry) for (const name of TIME_MEASURES) entry[name] += counts[name];
  }
  const ratePerMinute = running ? await lastMinute(sql, campaignId, from, now) : 0;
  return { timeline, timelineBucketSeconds: length, ratePerMinute };
}

function emptyBucket(seconds: number): Bucket {
  const zeros = Object.fromEntries(TIME_MEASURES.map((name) => [name, 0])) as Omit<Bucket, 'at'>;
  return { at: new Date(seconds * 1000).toISOString(), ...zeros };
}

async function lastBin(sql: Sql, campaignId: string): Promise<Date | undefined> {
  const row = await sql.first<{ last: string | null }>(
    `SELECT max(key::bigint) AS last FROM report_cells WHERE campaign_id = $1 AND dim = 'time'`,
    [campaignId],
  );
  return row?.last ? new Date(Number(row.last) * 1000) : undefined;
}

/** In the first two hours bins are of ten seconds; then of five minutes, and it is what these come to a minute. */
async function lastMinute(sql: Sql, campaignId: string, from: Date, now: Date): Promise<number> {
  const seconds = Math.floor(now.getTime() / 1000);
  const fine = now.getTime() - from.getTime() < 7_200_000;
  const row = await sql.first<{ accepted: number; since: string | null }>(
    `SELECT coalesce(sum(n[1]), 0)::int AS accepted, min(key::bigint) AS since FROM report_cells
     WHERE campaign_id = $1 AND dim = 'time' AND key::bigint > $2::bigint AND n[1] > 0`,
    [campaignId, seconds - (fine ? 60 : 600)],
  );
  if (!row?.since) return 0;
  return fine ? row.accepted : Math.round((row.accepted * 60) / Math.max(60, seconds - Number(row.since)));
}
