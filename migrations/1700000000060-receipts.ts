import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Campaigns may ask for read receipts and for notifications of delivery. */
export class Receipts1700000000060 implements MigrationInterface {
  name = 'Receipts1700000000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaigns
        ADD COLUMN ask_read boolean NOT NULL DEFAULT false,
        ADD COLUMN ask_delivery boolean NOT NULL DEFAULT false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE campaigns DROP COLUMN ask_read, DROP COLUMN ask_delivery');
  }
}
