import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when a campaign is paused: the length of a pause moves its deadline. */
export class CampaignPauses1700000000005 implements MigrationInterface {
  name = 'CampaignPauses1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaigns ADD COLUMN paused_at timestamptz;
      UPDATE campaigns SET paused_at = updated_at WHERE status = 'paused';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE campaigns DROP COLUMN paused_at');
  }
}
