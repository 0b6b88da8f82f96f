import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Raw mail is stored beside its row as it is: compressing it took longer than all else that storing does, and a compressed
 * one that is short enough to stay in its row was written again whenever the row was.
 */
export class RawUncompressed1700000000166 implements MigrationInterface {
  name = 'RawUncompressed1700000000166';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE inbound_messages ALTER COLUMN raw SET STORAGE EXTERNAL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE inbound_messages ALTER COLUMN raw SET STORAGE EXTENDED');
  }
}
