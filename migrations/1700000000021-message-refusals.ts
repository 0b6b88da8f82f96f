import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Refusals of triggered mail wait for feedback as those of campaigns do. */
export class MessageRefusals1700000000021 implements MigrationInterface {
  name = 'MessageRefusals1700000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A refusal in the session that feedback has not applied yet (rejected rows only).
      ALTER TABLE messages ADD COLUMN refusal_pending boolean NOT NULL DEFAULT false;
      CREATE INDEX messages_refusal ON messages (id) WHERE refusal_pending;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE messages DROP COLUMN refusal_pending');
  }
}
