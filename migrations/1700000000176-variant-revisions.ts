import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The content of an A/B test's variant has its own earlier versions. 0 is the campaign itself, or a template. */
export class VariantRevisions1700000000176 implements MigrationInterface {
  name = 'VariantRevisions1700000000176';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE content_revisions ADD COLUMN variant smallint NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM content_revisions WHERE variant > 0;
      ALTER TABLE content_revisions DROP COLUMN variant;
    `);
  }
}
