import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rehearsals of campaigns: what was asked, how far it is, what it predicts. */
export class Rehearsals1700000000031 implements MigrationInterface {
  name = 'Rehearsals1700000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rehearsals (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        campaign_id   bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        status        text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'cancelled', 'failed')),
        phase         text NOT NULL DEFAULT 'audience' CHECK (phase IN ('audience', 'rendering', 'sending')),
        done          integer NOT NULL DEFAULT 0,
        total         integer NOT NULL DEFAULT 0,
        options       jsonb NOT NULL,
        -- The content as compiled when it was asked for; gone once it is over.
        compiled      jsonb,
        prediction    jsonb,
        error         text,
        lease_until   timestamptz,
        created_by    text NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        finished_at   timestamptz
      );
      CREATE INDEX rehearsals_campaign ON rehearsals (campaign_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rehearsals');
  }
}
