import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Content may be a document of the block editor. */
export class Documents1700000000120 implements MigrationInterface {
  name = 'Documents1700000000120';

  async up(runner: QueryRunner): Promise<void> {
    // What was written before has the member too, so that every reader finds the same shape.
    for (const table of ['templates', 'campaigns']) {
      await runner.query(
        `UPDATE ${table} SET content = content || '{"document": null}' WHERE NOT content ? 'document'`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['templates', 'campaigns'])
      await runner.query(`UPDATE ${table} SET content = content - 'document'`);
  }
}
