import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A workspace of invented people, which can be removed with everything in it. */
export class DemoWorkspaces1700000000145 implements MigrationInterface {
  name = 'DemoWorkspaces1700000000145';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workspaces ADD demo boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workspaces DROP COLUMN demo');
  }
}
