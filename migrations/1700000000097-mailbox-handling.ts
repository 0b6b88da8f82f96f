import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is done with judged mail in its mailbox, by kind. `handled_upto` is the id of inbound_messages up to which marks
 * and moves were asked for; what was stored before the operator said so stays as it is.
 */
export class MailboxHandling1700000000097 implements MigrationInterface {
  name = 'MailboxHandling1700000000097';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mailboxes
        ADD COLUMN handling     jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN handled_upto bigint NOT NULL DEFAULT 0,
        ADD COLUMN keep_problem text;
      UPDATE mailboxes SET
        handling = (SELECT jsonb_agg(jsonb_build_object('kind', kind, 'action', 'move', 'folder', move_to))
                    FROM unnest(ARRAY['bounce', 'delay', 'auto-reply', 'complaint', 'challenge', 'unsubscribe', 'reply',
                                      'mdn', 'other', 'unreadable']) AS kind),
        handled_upto = (SELECT coalesce(max(id), 0) FROM inbound_messages)
      WHERE move_to IS NOT NULL AND protocol = 'imap';
      ALTER TABLE mailboxes DROP COLUMN move_to;
      ALTER TABLE mailbox_flags DROP CONSTRAINT mailbox_flags_flag_check;
      ALTER TABLE mailbox_flags
        ADD CONSTRAINT mailbox_flags_flag_check CHECK (flag IN ('seen', 'answered', 'keyword', 'move')),
        ADD COLUMN value text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM mailbox_flags WHERE flag IN ('keyword', 'move');
      ALTER TABLE mailbox_flags DROP CONSTRAINT mailbox_flags_flag_check, DROP COLUMN value;
      ALTER TABLE mailbox_flags ADD CONSTRAINT mailbox_flags_flag_check CHECK (flag IN ('seen', 'answered'));
      ALTER TABLE mailboxes ADD COLUMN move_to text;
      UPDATE mailboxes SET move_to = handling->0->>'folder' WHERE handling->0->>'action' = 'move';
      ALTER TABLE mailboxes DROP COLUMN handling, DROP COLUMN handled_upto, DROP COLUMN keep_problem;
    `);
  }
}
