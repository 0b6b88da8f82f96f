import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the reports read: counts that are kept beside the rows they come from. */
export class ReportRollups1700000000125 implements MigrationInterface {
  name = 'ReportRollups1700000000125';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who wrote rows leaves a mark in the same transaction: this part of this campaign has to be counted anew. A block
      -- is 256 seqs of the ledger, or (below zero) 4,096 contact ids of the exclusions.
      CREATE TABLE report_marks (
        id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        campaign_id  bigint NOT NULL,
        block        bigint NOT NULL,
        at           timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX report_marks_block ON report_marks (campaign_id, block);

      -- What each block came to when it was last counted, and the sums over the blocks of a campaign.
      CREATE TABLE report_blocks (
        campaign_id  bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        block        bigint NOT NULL,
        cells        json NOT NULL,
        PRIMARY KEY (campaign_id, block)
      );
      CREATE TABLE report_cells (
        campaign_id  bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        dim          text NOT NULL,
        key          text NOT NULL,
        n            int[] NOT NULL,
        sample       text,
        PRIMARY KEY (campaign_id, dim, key)
      );
      -- Locked by who counts, before its snapshot is taken. Empty: no vacuum ever wants it too.
      CREATE TABLE report_turn ();

      CREATE FUNCTION mark_recipients() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO report_marks (campaign_id, block) SELECT DISTINCT campaign_id, seq / 256 FROM changed;
        RETURN NULL;
      END $$;
      CREATE FUNCTION mark_visits() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO report_marks (campaign_id, block)
        SELECT DISTINCT campaign_id, seq / 256 FROM changed
        WHERE type IN ('opened', 'clicked') AND campaign_id IS NOT NULL AND seq IS NOT NULL;
        RETURN NULL;
      END $$;
      CREATE FUNCTION mark_exclusions() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO report_marks (campaign_id, block) SELECT DISTINCT campaign_id, -1 - contact_id / 4096 FROM changed;
        RETURN NULL;
      END $$;

      ALTER TABLE events ADD client text;
      -- Visits are counted block by block; nobody asks for a campaign's events by time.
      DROP INDEX events_campaign;
      CREATE INDEX events_recipient ON events (campaign_id, seq);
    `);
    for (const [table, what] of [
      ['campaign_recipients', 'recipients'],
      ['events', 'visits'],
      ['campaign_exclusions', 'exclusions'],
    ]) {
      await runner.query(`
        CREATE TRIGGER ${table}_inserted AFTER INSERT ON ${table} REFERENCING NEW TABLE AS changed
          FOR EACH STATEMENT EXECUTE FUNCTION mark_${what}();
        CREATE TRIGGER ${table}_updated AFTER UPDATE ON ${table} REFERENCING NEW TABLE AS changed
          FOR EACH STATEMENT EXECUTE FUNCTION mark_${what}();
        CREATE TRIGGER ${table}_deleted AFTER DELETE ON ${table} REFERENCING OLD TABLE AS changed
          FOR EACH STATEMENT EXECUTE FUNCTION mark_${what}();
      `);
    }
    await runner.query(`
      INSERT INTO report_marks (campaign_id, block)
      SELECT DISTINCT campaign_id, (seq / 256)::bigint FROM campaign_recipients
      UNION ALL SELECT DISTINCT campaign_id, -1 - contact_id / 4096 FROM campaign_exclusions
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION mark_recipients(), mark_visits(), mark_exclusions() CASCADE;
      DROP TABLE report_turn, report_cells, report_blocks, report_marks;
      DROP INDEX events_recipient;
      CREATE INDEX events_campaign ON events (campaign_id, type, at);
      ALTER TABLE events DROP COLUMN client;
    `);
  }
}
