import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The few whose fate nobody knows are found among a million without reading the others. */
export class UncertainIndex1700000000030 implements MigrationInterface {
  name = 'UncertainIndex1700000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX campaign_recipients_uncertain ON campaign_recipients (campaign_id, seq) WHERE status = 'uncertain';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX campaign_recipients_uncertain');
  }
}
