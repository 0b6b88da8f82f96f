import type { z } from 'zod';
import type { CampaignSummary } from '#contracts';
import type { Sql } from '#platform/database';

/** What a campaign stores about its audience. Those from before there were segments name none. */
export interface AudienceIds {
  lists: string[];
  segments?: string[];
}
type Names = z.infer<typeof CampaignSummary>['audience'];

/** What the lists and segments of these campaigns are called now, by one query for all of them. */
export async function audienceNames(sql: Sql, audiences: AudienceIds[]): Promise<(audience: AudienceIds) => Names> {
  const lists = audiences.flatMap((each) => each.lists);
  const segments = audiences.flatMap((each) => each.segments ?? []);
  const rows = await sql.rows<{ kind: string; id: string; name: string }>(
    `SELECT 'list' AS kind, id, name FROM lists WHERE id = ANY ($1::bigint[])
     UNION ALL SELECT 'segment', id, name FROM segments WHERE id = ANY ($2::bigint[]) AND deleted_at IS NULL`,
    [lists, segments],
  );
  const names = new Map(rows.map(({ kind, id, name }) => [`${kind}:${id}`, name]));
  const named = (kind: 'list' | 'segment', ids: string[] = []) =>
    ids.map((id) => ({ kind, id, name: names.get(`${kind}:${id}`) ?? null }));
  return (audience) => [...named('list', audience.lists), ...named('segment', audience.segments)];
}
