import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The Idempotency-Key lies with the message it made: both are there, or neither, whatever is killed between. */
export class MessageKeys1700000000023 implements MigrationInterface {
  name = 'MessageKeys1700000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE messages ADD COLUMN idempotency_key text, ADD COLUMN request_hash bytea;
      CREATE UNIQUE INDEX messages_idempotency ON messages (workspace_id, idempotency_key)
        WHERE idempotency_key IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE messages DROP COLUMN idempotency_key, DROP COLUMN request_hash');
  }
}
