import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A block is counted in parts: a visit that changes no recipient has only the visits of its block counted anew. */
export class ReportParts1700000000160 implements MigrationInterface {
  name = 'ReportParts1700000000160';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- recipients, visits: of 256 seqs of the ledger; exclusions: of 4,096 contact ids.
      CREATE TYPE report_part AS ENUM ('recipients', 'visits', 'exclusions');
      ALTER TABLE report_marks ADD COLUMN part report_part NOT NULL DEFAULT 'recipients';
      INSERT INTO report_marks (campaign_id, block, part) SELECT campaign_id, block, 'visits' FROM report_marks
        WHERE block >= 0;
      UPDATE report_marks SET part = 'exclusions', block = -1 - block WHERE block < 0;
      ALTER TABLE report_marks ALTER COLUMN part DROP DEFAULT;

      ALTER TABLE report_blocks RENAME TO old_blocks;
      CREATE TABLE report_blocks (
        campaign_id  bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        block        bigint NOT NULL,
        part         report_part NOT NULL,
        cells        json NOT NULL
      );
      INSERT INTO report_blocks (campaign_id, block, part, cells)
      SELECT campaign_id, CASE WHEN block < 0 THEN -1 - block ELSE block END, part, json_object_agg(c.key, c.value)
      FROM old_blocks, json_each(cells) c, LATERAL (SELECT (CASE WHEN block < 0 THEN 'exclusions'
        WHEN split_part(c.key, ':', 1) IN ('visit', 'link', 'client') THEN 'visits' ELSE 'recipients' END)::report_part AS part) p
      GROUP BY campaign_id, block, part;
      DROP TABLE old_blocks;
      ALTER TABLE report_blocks ADD PRIMARY KEY (campaign_id, block, part);

      CREATE OR REPLACE FUNCTION mark_recipients() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO report_marks (campaign_id, block, part)
        SELECT DISTINCT campaign_id, seq / 256, 'recipients'::report_part FROM changed;
        RETURN NULL;
      END $$;
      CREATE OR REPLACE FUNCTION mark_visits() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO report_marks (campaign_id, block, part)
        SELECT DISTINCT campaign_id, seq / 256, 'visits'::report_part FROM changed
        WHERE type IN ('opened', 'clicked') AND campaign_id IS NOT NULL AND seq IS NOT NULL;
        RETURN NULL;
      END $$;
      CREATE OR REPLACE FUNCTION mark_exclusions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO report_marks (campaign_id, block, part)
        SELECT DISTINCT campaign_id, contact_id / 4096, 'exclusions'::report_part FROM changed;
        RETURN NULL;
      END $$;
    `);
  }

  /** Everything is counted anew. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      TRUNCATE report_blocks, report_cells, report_marks;
      ALTER TABLE report_blocks DROP COLUMN part, ADD PRIMARY KEY (campaign_id, block);
      ALTER TABLE report_marks DROP COLUMN part;
      DROP TYPE report_part CASCADE;
      CREATE OR REPLACE FUNCTION mark_recipients() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO report_marks (campaign_id, block) SELECT DISTINCT campaign_id, seq / 256 FROM changed;
        RETURN NULL;
      END $$;
      CREATE OR REPLACE FUNCTION mark_visits() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO report_marks (campaign_id, block)
        SELECT DISTINCT campaign_id, seq / 256 FROM changed
        WHERE type IN ('opened', 'clicked') AND campaign_id IS NOT NULL AND seq IS NOT NULL;
        RETURN NULL;
      END $$;
      CREATE OR REPLACE FUNCTION mark_exclusions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO report_marks (campaign_id, block) SELECT DISTINCT campaign_id, -1 - contact_id / 4096 FROM changed;
        RETURN NULL;
      END $$;
      INSERT INTO report_marks (campaign_id, block)
      SELECT DISTINCT campaign_id, (seq / 256)::bigint FROM campaign_recipients
      UNION ALL SELECT DISTINCT campaign_id, -1 - contact_id / 4096 FROM campaign_exclusions;
    `);
  }
}
