import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Segments: rules over contacts, used as audience and exclusion of campaigns. */
export class Segments1700000000110 implements MigrationInterface {
  name = 'Segments1700000000110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE segments (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        version       int NOT NULL DEFAULT 1,
        name          text NOT NULL,
        description   text NOT NULL DEFAULT '',
        rule          jsonb NOT NULL,
        -- As last counted; a live count is made where somebody looks.
        count         int,
        counted_at    timestamptz,
        created_at    timestamptz NOT NULL DEFAULT now(),
        updated_at    timestamptz NOT NULL DEFAULT now(),
        -- A deleted one can be put back.
        deleted_at    timestamptz
      );
      CREATE UNIQUE INDEX segments_name ON segments (workspace_id, name) WHERE deleted_at IS NULL;
      CREATE INDEX segments_page ON segments (workspace_id, id);

      -- The rules of a started campaign's segments and the lists they name; null where it has none.
      ALTER TABLE campaigns ADD COLUMN frozen_segments jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE campaigns DROP COLUMN frozen_segments; DROP TABLE segments');
  }
}
