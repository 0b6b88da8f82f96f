import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a content of triggered mail is still used, without reading all messages. */
export class MessageContentsUsed1700000000022 implements MigrationInterface {
  name = 'MessageContentsUsed1700000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX messages_content ON messages (content_id)');
    await runner.query('CREATE INDEX messages_created ON messages (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX messages_content, messages_created');
  }
}
