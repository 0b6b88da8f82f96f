import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Words whose meaning people have told: the classifier of their workspace looks at them first. */
export class LearnedPhrases1700000000092 implements MigrationInterface {
  name = 'LearnedPhrases1700000000092';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE learned_phrases (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        phrase        text NOT NULL,
        kind          text NOT NULL,
        reason        text,
        created_by    text NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, phrase)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE learned_phrases');
  }
}
