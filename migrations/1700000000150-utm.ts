import type { MigrationInterface, QueryRunner } from 'typeorm';

/** UTM parameters of a campaign's links, and what new campaigns of a workspace begin with. */
export class Utm1700000000150 implements MigrationInterface {
  name = 'Utm1700000000150';

  async up(runner: QueryRunner): Promise<void> {
    const unset = `'{"enabled": false, "source": "newsletter", "medium": "email", "campaign": "", "term": "", "content": ""}'`;
    await runner.query(`
      ALTER TABLE workspaces ADD COLUMN utm jsonb NOT NULL DEFAULT ${unset};
      ALTER TABLE campaigns ADD COLUMN utm jsonb NOT NULL DEFAULT ${unset};
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE campaigns DROP COLUMN utm; ALTER TABLE workspaces DROP COLUMN utm;');
  }
}
