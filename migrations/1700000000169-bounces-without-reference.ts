import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['hygiene_hits', 'inbound_messages', 'suppressions'];

/**
 * What a bounce writes does not hang on its workspace by a foreign key, as the ledger and the history don't: each row
 * looked its workspace up and locked it again, a twelfth of all that Postgres does for a bounce. Who removes a workspace
 * deletes these rows first.
 */
export class BouncesWithoutReference1700000000169 implements MigrationInterface {
  name = 'BouncesWithoutReference1700000000169';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_workspace_id_fkey`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(
        `ALTER TABLE ${table} ADD CONSTRAINT ${table}_workspace_id_fkey
         FOREIGN KEY (workspace_id) REFERENCES workspaces (id) ON DELETE CASCADE`,
      );
    }
  }
}
