import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports begin as drafts: a stored file that is mapped and checked before anything of it is written. */
export class ImportDrafts1700000000115 implements MigrationInterface {
  name = 'ImportDrafts1700000000115';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE imports
        ALTER COLUMN list_id DROP NOT NULL,
        DROP CONSTRAINT imports_status_check,
        ADD CONSTRAINT imports_status_check CHECK (status IN
          ('draft', 'checking', 'checked', 'queued', 'running', 'done', 'cancelled', 'failed', 'undone')),
        -- Runs since it was asked for; fence counts them over its whole life.
        ADD COLUMN attempts int NOT NULL DEFAULT 0,
        ADD COLUMN check_result jsonb,
        ADD COLUMN undo_result jsonb,
        -- Digest of the header cells: a file that has them again is offered the same mapping.
        ADD COLUMN header_key text;
      CREATE INDEX imports_header ON imports (workspace_id, header_key, id) WHERE header_key IS NOT NULL;
      DROP INDEX imports_active;
      CREATE INDEX imports_active ON imports (id)
        WHERE status IN ('draft', 'checking', 'checked', 'queued', 'running');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM imports WHERE status IN ('draft', 'checking', 'checked') OR list_id IS NULL;
      DROP INDEX imports_header;
      DROP INDEX imports_active;
      CREATE INDEX imports_active ON imports (id) WHERE status IN ('queued', 'running');
      ALTER TABLE imports
        ALTER COLUMN list_id SET NOT NULL,
        DROP CONSTRAINT imports_status_check,
        ADD CONSTRAINT imports_status_check CHECK (status IN
          ('queued', 'running', 'done', 'cancelled', 'failed', 'undone')),
        DROP COLUMN attempts, DROP COLUMN check_result, DROP COLUMN undo_result, DROP COLUMN header_key;
    `);
  }
}
