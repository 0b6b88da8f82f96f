import type { Database } from '#platform/database';

/** What a message said to one person is of no use after this; that it was sent still is. */
export const FORGET_DATA_DAYS = 30;
/** How far back the log goes. */
export const FORGET_DAYS = 180;

const PAGE = 1_000;

/** A code or an invoice is nobody's business for ever: first data and files go, later the line in the log. */
export async function forgetOldMessages(db: Database): Promise<void> {
  const settled = `status NOT IN ('pending', 'uncertain')`;
  await inPages(() =>
    db.run(
      `WITH old AS (
         SELECT id FROM messages WHERE ${settled} AND created_at < now() - make_interval(days => $1)
           AND (data <> '{}' OR EXISTS (SELECT 1 FROM message_attachments a WHERE a.message_id = messages.id))
         ORDER BY id LIMIT ${PAGE}
       ), files AS (DELETE FROM message_attachments a USING old WHERE a.message_id = old.id)
       UPDATE messages m SET data = '{}' FROM old WHERE m.id = old.id`,
      [FORGET_DATA_DAYS],
    ),
  );
  await inPages(() =>
    db.run(
      `DELETE FROM messages WHERE id IN (SELECT id FROM messages
         WHERE ${settled} AND created_at < now() - make_interval(days => $1) ORDER BY id LIMIT ${PAGE})`,
      [FORGET_DAYS],
    ),
  );
  // Nobody has used these for as long: who stores a message makes its content young again at least once a day.
  await db.run(
    `DELETE FROM message_contents c WHERE created_at < now() - make_interval(days => $1)
       AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.content_id = c.id)`,
    [FORGET_DAYS],
  );
}

async function inPages(remove: () => Promise<number>): Promise<void> {
  while ((await remove()) === PAGE);
}
