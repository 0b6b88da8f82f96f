import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A public page with the campaigns that somebody chose to show. */
export class Archives1700000000162 implements MigrationInterface {
  name = 'Archives1700000000162';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Off without a row.
      CREATE TABLE archives (
        workspace_id  bigint PRIMARY KEY REFERENCES workspaces ON DELETE CASCADE,
        enabled       boolean NOT NULL,
        slug          text NOT NULL UNIQUE,
        title         text NOT NULL,
        intro         text NOT NULL,
        -- Search engines may list it.
        indexed       boolean NOT NULL
      );
      -- Campaigns that are shown: none by itself.
      CREATE TABLE archive_campaigns (
        campaign_id   bigint PRIMARY KEY REFERENCES campaigns ON DELETE CASCADE,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE
      );
      CREATE INDEX archive_campaigns_page ON archive_campaigns (workspace_id, campaign_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE archive_campaigns, archives');
  }
}
