import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The stages of a sunset by themselves, every so many days. */
export class SunsetSchedules1700000000161 implements MigrationInterface {
  name = 'SunsetSchedules1700000000161';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Off without a row, and without a list.
      CREATE TABLE sunset_schedules (
        workspace_id  bigint PRIMARY KEY REFERENCES workspaces ON DELETE CASCADE,
        enabled       boolean NOT NULL,
        every_days    int NOT NULL,
        list_id       bigint REFERENCES lists ON DELETE SET NULL,
        stages        text[] NOT NULL,
        -- Those of the round under way that have not begun.
        pending       text[] NOT NULL DEFAULT '{}',
        next_at       timestamptz NOT NULL,
        last_at       timestamptz
      );
      CREATE INDEX sunset_schedules_list ON sunset_schedules (list_id);
      -- Begun by the schedule: what it finds is applied without a person.
      ALTER TABLE cleanings ADD COLUMN scheduled boolean NOT NULL DEFAULT false;
      CREATE INDEX cleanings_scheduled ON cleanings (workspace_id, id) WHERE scheduled;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX cleanings_scheduled;
      ALTER TABLE cleanings DROP COLUMN scheduled;
      DROP TABLE sunset_schedules;
    `);
  }
}
