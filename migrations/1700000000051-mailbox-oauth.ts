import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Access tokens of mailboxes are fetched with a refresh token. */
export class MailboxOAuth1700000000051 implements MigrationInterface {
  name = 'MailboxOAuth1700000000051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mailboxes
        ADD COLUMN oauth_token_url text,
        ADD COLUMN oauth_client_id text,
        ADD COLUMN oauth_scope text,
        -- Client secret, refresh token, and the last access token with its end: sealed together.
        ADD COLUMN oauth_secret bytea;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mailboxes DROP COLUMN oauth_secret, DROP COLUMN oauth_scope, DROP COLUMN oauth_client_id,
        DROP COLUMN oauth_token_url;
    `);
  }
}
