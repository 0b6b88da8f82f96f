import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mail that was read from a mailbox is known by its content within its workspace, not within its mailbox. */
export class CollectedOnce1700000000167 implements MigrationInterface {
  name = 'CollectedOnce1700000000167';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX inbound_messages_hash');
    // What came by the listener has no folder, and is often sent again by whoever reports the same twice.
    await runner.query(
      'CREATE INDEX inbound_messages_hash ON inbound_messages (workspace_id, content_hash) WHERE folder IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX inbound_messages_hash');
    await runner.query(
      'CREATE INDEX inbound_messages_hash ON inbound_messages (mailbox_id, content_hash) WHERE mailbox_id IS NOT NULL',
    );
  }
}
