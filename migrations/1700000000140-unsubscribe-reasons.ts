import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why people left, in their own choice of words: one answer a message, the latest. */
export class UnsubscribeReasons1700000000140 implements MigrationInterface {
  name = 'UnsubscribeReasons1700000000140';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE unsubscribe_reasons (
        campaign_id   bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        seq           int NOT NULL,
        reason        text NOT NULL,
        comment       text NOT NULL DEFAULT '',
        at            timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (campaign_id, seq)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE unsubscribe_reasons');
  }
}
