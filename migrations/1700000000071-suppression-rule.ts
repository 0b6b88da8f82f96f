import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which row of the decision table put an entry on the suppression list: a replay of that row may take it off again. */
export class SuppressionRule1700000000071 implements MigrationInterface {
  name = 'SuppressionRule1700000000071';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE suppressions ADD COLUMN rule text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE suppressions DROP COLUMN rule');
  }
}
