import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Filters of a list that a person keeps under a name. */
export class SavedViews1700000000168 implements MigrationInterface {
  name = 'SavedViews1700000000168';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE saved_views (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL,
        user_id       bigint NOT NULL,
        page          text NOT NULL,
        name          text NOT NULL,
        query         text NOT NULL,
        position      int NOT NULL,
        UNIQUE (workspace_id, user_id, page, name),
        -- Gone with the person, with the workspace, and when the one leaves the other.
        FOREIGN KEY (workspace_id, user_id) REFERENCES workspace_members ON DELETE CASCADE
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE saved_views');
  }
}
