import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Mails that a process has taken to process them, a row for each batch while it lasts. A row that nobody takes away tells
 * of a process that died over its mails; `inbound_messages.attempts` counts the batches that ended without a result.
 */
export class InboundTakes1700000000165 implements MigrationInterface {
  name = 'InboundTakes1700000000165';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inbound_takes (
        id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        mails    bigint[] NOT NULL,
        taken_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inbound_takes');
  }
}
