import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the instance knows of itself. */
export class Instance1700000000006 implements MigrationInterface {
  name = 'Instance1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row. The fingerprint tells whether a start brings the key that sealed what is stored.
      CREATE TABLE instance (
        id                      boolean PRIMARY KEY DEFAULT true CHECK (id),
        master_key_fingerprint  text,
        created_at              timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE instance');
  }
}
