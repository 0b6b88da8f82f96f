import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sending at no more than so many recipients an hour. */
export class HourlyLimit1700000000185 implements MigrationInterface {
  name = 'HourlyLimit1700000000185';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaigns
        ADD COLUMN hourly_limit int CHECK (hourly_limit BETWEEN 60 AND 1000000),
        -- By how much pauses have put off the batches of a campaign with a limit.
        ADD COLUMN delayed_by interval NOT NULL DEFAULT '0';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE campaigns DROP COLUMN hourly_limit, DROP COLUMN delayed_by');
  }
}
