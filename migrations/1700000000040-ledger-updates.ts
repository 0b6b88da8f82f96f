import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recording an outcome touches the row and no index. */
export class LedgerUpdates1700000000040 implements MigrationInterface {
  name = 'LedgerUpdates1700000000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No index knows the status, and pages keep room for what an attempt adds to a row: so an outcome is written
      -- beside the row it replaces (a heap-only update), and no index grows by it.
      DROP INDEX campaign_recipients_batch;
      CREATE INDEX campaign_recipients_batch ON campaign_recipients (batch_id, seq);

      CREATE OR REPLACE FUNCTION ensure_recipient_partition(campaign bigint) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        low bigint := campaign / 1000 * 1000;
        part text := 'campaign_recipients_' || low;
      BEGIN
        IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
        PERFORM pg_advisory_xact_lock(hashtext('campaign_recipients'));
        IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
        EXECUTE format('CREATE TABLE %I PARTITION OF campaign_recipients FOR VALUES FROM (%s) TO (%s) WITH (fillfactor = 45)',
          part, low, low + 1000);
      END $$;
      DO $$
      DECLARE part regclass;
      BEGIN
        FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'campaign_recipients'::regclass LOOP
          EXECUTE format('ALTER TABLE %s SET (fillfactor = 45)', part);
        END LOOP;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX campaign_recipients_batch;
      CREATE INDEX campaign_recipients_batch ON campaign_recipients (batch_id) WHERE status = 'pending';
    `);
  }
}
