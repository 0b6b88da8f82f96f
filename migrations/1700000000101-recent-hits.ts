import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The hits of the last day are found without reading the others; they come in the order of their time. */
export class RecentHits1700000000101 implements MigrationInterface {
  name = 'RecentHits1700000000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX hygiene_hits_recent ON hygiene_hits USING brin (at) WITH (pages_per_range = 16)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX hygiene_hits_recent');
  }
}
