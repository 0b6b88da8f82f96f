import type { MigrationInterface, QueryRunner } from 'typeorm';

/** While its accounts warm up, a campaign goes to its most engaged recipients first. */
export class EngagedFirst1700000000011 implements MigrationInterface {
  name = 'EngagedFirst1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- 0: clicked or replied lately, or not told apart; 1: opened lately; 2: new; 3: nothing but silence.
      ALTER TABLE send_batches ADD COLUMN tier smallint NOT NULL DEFAULT 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE send_batches DROP COLUMN tier');
  }
}
