import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is looked up by mailbox is indexed for mail of mailboxes only. */
export class MailboxIndexes1700000000094 implements MigrationInterface {
  name = 'MailboxIndexes1700000000094';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX inbound_messages_hash, inbound_messages_kinds;
      CREATE INDEX inbound_messages_hash ON inbound_messages (mailbox_id, content_hash) WHERE mailbox_id IS NOT NULL;
      CREATE INDEX inbound_messages_kinds ON inbound_messages (mailbox_id, kind) WHERE mailbox_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX inbound_messages_hash, inbound_messages_kinds;
      CREATE INDEX inbound_messages_hash ON inbound_messages (mailbox_id, content_hash);
      CREATE INDEX inbound_messages_kinds ON inbound_messages (mailbox_id, kind);
    `);
  }
}
