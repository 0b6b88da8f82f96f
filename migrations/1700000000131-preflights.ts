import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The slow checks of a draft: its links asked for, and who lacks what it says. */
export class Preflights1700000000131 implements MigrationInterface {
  name = 'Preflights1700000000131';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE preflights (
        campaign_id   bigint PRIMARY KEY REFERENCES campaigns ON DELETE CASCADE,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        -- Hash of what was checked: another content or audience is another check.
        key           text NOT NULL,
        status        text NOT NULL CHECK (status IN ('queued', 'running', 'done')),
        urls          text[] NOT NULL,
        needed        text[] NOT NULL,
        done          int NOT NULL DEFAULT 0,
        -- What the links answered, and how many have nothing for which variable.
        links         jsonb NOT NULL DEFAULT '[]',
        missing       jsonb NOT NULL DEFAULT '[]',
        lease_until   timestamptz NOT NULL DEFAULT now(),
        finished_at   timestamptz
      );
      CREATE INDEX preflights_active ON preflights (lease_until) WHERE status <> 'done';

      -- What a link answered, so that it is not asked for at every change of a mail.
      CREATE TABLE link_checks (
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        digest        bytea NOT NULL,
        reply         jsonb NOT NULL,
        checked_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (workspace_id, digest)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE link_checks, preflights');
  }
}
