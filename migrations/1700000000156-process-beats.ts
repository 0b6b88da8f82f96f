import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which processes of the product run, as they say themselves every few seconds. */
export class ProcessBeats1700000000156 implements MigrationInterface {
  name = 'ProcessBeats1700000000156';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE process_beats (
      id text PRIMARY KEY,
      app text NOT NULL,
      host text NOT NULL,
      version text NOT NULL,
      started_at timestamptz NOT NULL DEFAULT now(),
      seen_at timestamptz NOT NULL DEFAULT now())`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE process_beats');
  }
}
