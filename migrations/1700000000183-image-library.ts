import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything that holds content, and the column it stands in. */
const CONTENTS = {
  templates: 'content',
  saved_blocks: 'content',
  campaigns: 'content',
  ab_tests: 'variants',
  campaign_contents: 'compiled',
  campaign_variants: 'compiled',
};

/**
 * Images have a folder, words that stand for them, and uses: whatever holds content knows the public ids of the images
 * it shows. The database keeps that up to date, so that no writer can forget it and nobody reads all mails for it.
 */
export class ImageLibrary1700000000183 implements MigrationInterface {
  name = 'ImageLibrary1700000000183';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE images
        ADD COLUMN version int NOT NULL DEFAULT 1,
        ADD COLUMN alt text NOT NULL DEFAULT '',
        ADD COLUMN folder text NOT NULL DEFAULT '';
      CREATE FUNCTION image_ids(content jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN ARRAY(
        SELECT DISTINCT found[1] FROM regexp_matches(content::text, '/i/([A-Za-z0-9_-]{16,64})', 'g') AS found
      );
    `);
    for (const [table, column] of Object.entries(CONTENTS)) {
      await runner.query(`
        ALTER TABLE ${table} ADD COLUMN images text[] GENERATED ALWAYS AS (image_ids(${column})) STORED;
        CREATE INDEX ${table}_images ON ${table} USING gin (images);
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(CONTENTS)) await runner.query(`ALTER TABLE ${table} DROP COLUMN images`);
    await runner.query(`
      DROP FUNCTION image_ids;
      ALTER TABLE images DROP COLUMN version, DROP COLUMN alt, DROP COLUMN folder;
    `);
  }
}
