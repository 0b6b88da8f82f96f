import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Templates have a category, and campaigns know which one they began with: null where there is none, or nobody knows. */
export class TemplateOrigins1700000000184 implements MigrationInterface {
  name = 'TemplateOrigins1700000000184';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE templates ADD COLUMN category text NOT NULL DEFAULT '';
      ALTER TABLE campaigns ADD COLUMN template_id bigint REFERENCES templates ON DELETE SET NULL;
      CREATE INDEX campaigns_template ON campaigns (template_id) WHERE template_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaigns DROP COLUMN template_id;
      ALTER TABLE templates DROP COLUMN category;
    `);
  }
}
