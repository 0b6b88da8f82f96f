import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A/B tests: what is tested, what every variant says as frozen at the start, and which batch gets which. */
export class AbTests1700000000146 implements MigrationInterface {
  name = 'AbTests1700000000146';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ab_tests (
        campaign_id       bigint PRIMARY KEY REFERENCES campaigns ON DELETE CASCADE,
        version           int NOT NULL DEFAULT 1,
        -- What a person sets, while the campaign is a draft. Variants are those beside A, which is the campaign itself.
        variants          jsonb NOT NULL,
        sample            smallint NOT NULL,
        hold_out          smallint NOT NULL,
        metric            text NOT NULL CHECK (metric IN ('clicked', 'opened')),
        duration_minutes  int NOT NULL,
        -- Null: asks.
        fallback          smallint,
        -- How far it is. Places of the split that are taken; when everyone of the sample had been tried; the verdict;
        -- what the rest gets, by whom.
        placed            int NOT NULL DEFAULT 0,
        measured_from     timestamptz,
        judged_at         timestamptz,
        verdict           jsonb,
        winner            smallint,
        chosen_at         timestamptz,
        chosen_by         text CHECK (chosen_by IN ('rule', 'person'))
      );
      CREATE INDEX ab_tests_open ON ab_tests (campaign_id) WHERE judged_at IS NULL AND winner IS NULL;

      -- Beside campaign_contents, which has A and the one table of links of all.
      CREATE TABLE campaign_variants (
        campaign_id  bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        variant      smallint NOT NULL,
        from_name    text NOT NULL,
        compiled     jsonb NOT NULL,
        PRIMARY KEY (campaign_id, variant)
      );

      -- Whom a batch tests: 0 is A, or a campaign that tests nothing; -1 waits for the decision and gets the winner.
      ALTER TABLE send_batches ADD COLUMN arm smallint NOT NULL DEFAULT 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE send_batches DROP COLUMN arm;
      DROP TABLE campaign_variants, ab_tests;
    `);
  }
}
