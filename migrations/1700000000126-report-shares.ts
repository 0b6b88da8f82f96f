import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links under which anybody may read one report, for a while. */
export class ReportShares1700000000126 implements MigrationInterface {
  name = 'ReportShares1700000000126';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_shares (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        campaign_id   bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        token_hash    bytea NOT NULL UNIQUE,
        created_by    text NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        expires_at    timestamptz NOT NULL
      );
      CREATE INDEX report_shares_campaign ON report_shares (campaign_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE report_shares');
  }
}
