import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sunset: who got many mails and stays silent is asked once more, then suppressed. */
export class Sunset1700000000082 implements MigrationInterface {
  name = 'Sunset1700000000082';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Off without a row. So many mails, and so many days, without a click or reply; then so many days to answer.
      CREATE TABLE sunset_rules (
        workspace_id  bigint PRIMARY KEY REFERENCES workspaces ON DELETE CASCADE,
        enabled       boolean NOT NULL,
        mails         int NOT NULL,
        days          int NOT NULL,
        grace_days    int NOT NULL
      );
      -- list: every member judged; invite: the silent of the workspace, for this list; suppress: who on it stayed silent.
      ALTER TABLE cleanings
        ADD COLUMN kind text NOT NULL DEFAULT 'list' CHECK (kind IN ('list', 'invite', 'suppress')),
        -- The sunset rule as it was when this began.
        ADD COLUMN rule jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE cleanings DROP COLUMN kind, DROP COLUMN rule;
      DROP TABLE sunset_rules;
    `);
  }
}
