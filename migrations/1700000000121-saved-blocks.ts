import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Saved blocks, and what content was before. */
export class SavedBlocks1700000000121 implements MigrationInterface {
  name = 'SavedBlocks1700000000121';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE saved_blocks (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        version       int NOT NULL DEFAULT 1,
        name          text NOT NULL,
        content       jsonb NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        updated_at    timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX saved_blocks_page ON saved_blocks (workspace_id, id);

      CREATE TABLE content_revisions (
        id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id   bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        template_id    bigint REFERENCES templates ON DELETE CASCADE,
        campaign_id    bigint REFERENCES campaigns ON DELETE CASCADE,
        content        jsonb NOT NULL,
        -- Null where it is what stood there before revisions were kept.
        actor          text,
        restored_from  bigint,
        created_at     timestamptz NOT NULL DEFAULT now(),
        updated_at     timestamptz NOT NULL DEFAULT now(),
        CHECK (num_nonnulls(template_id, campaign_id) = 1)
      );
      CREATE INDEX content_revisions_template ON content_revisions (template_id, id) WHERE template_id IS NOT NULL;
      CREATE INDEX content_revisions_campaign ON content_revisions (campaign_id, id) WHERE campaign_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE content_revisions; DROP TABLE saved_blocks');
  }
}
