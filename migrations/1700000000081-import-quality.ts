import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an import brought that is not valid, and imports held back because what was mailed of them bounced. */
export class ImportQuality1700000000081 implements MigrationInterface {
  name = 'ImportQuality1700000000081';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE imports
        -- Rows by the gravest reason against their address, taken or not.
        ADD COLUMN quality jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN held_at timestamptz,
        -- Of the first mailed: how many, and how many of them bounced.
        ADD COLUMN held_mailed int,
        ADD COLUMN held_bounced int,
        -- A person let it go on: it is never held again.
        ADD COLUMN released_at timestamptz;
      -- Asked before every slice of a campaign: hardly ever has a row.
      CREATE INDEX imports_held ON imports (workspace_id) WHERE held_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX imports_held;
      ALTER TABLE imports DROP COLUMN quality, DROP COLUMN held_at, DROP COLUMN held_mailed, DROP COLUMN held_bounced,
        DROP COLUMN released_at;
    `);
  }
}
