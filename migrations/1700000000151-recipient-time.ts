import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sending at an hour of the recipient's own time zone. */
export class RecipientTime1700000000151 implements MigrationInterface {
  name = 'RecipientTime1700000000151';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Wall-clock time in each recipient's zone; scheduled_at is when the first zone is due.
      ALTER TABLE campaigns ADD COLUMN recipient_time text
        CHECK (recipient_time ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$');
      -- Nobody of the batch is sent to before.
      ALTER TABLE send_batches ADD COLUMN due_at timestamptz;

      -- Whom the preparation found in which zone; '' is no zone.
      CREATE TABLE campaign_zones (
        campaign_id  bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        zone         text NOT NULL,
        due_at       timestamptz NOT NULL,
        recipients   int NOT NULL,
        PRIMARY KEY (campaign_id, zone)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE campaign_zones;
      ALTER TABLE send_batches DROP COLUMN due_at;
      ALTER TABLE campaigns DROP COLUMN recipient_time;
    `);
  }
}
