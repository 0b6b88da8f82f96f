import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Wishes for a new password. A row is made for every address somebody enters, known or not, and looked at afterwards, so
 * that the answer takes the same work. Of the token in the mail only the hash is kept.
 */
export class PasswordResets1700000000155 implements MigrationInterface {
  name = 'PasswordResets1700000000155';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE password_resets (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      email text NOT NULL,
      asked_at timestamptz NOT NULL DEFAULT now(),
      attempts integer NOT NULL DEFAULT 0,
      due_at timestamptz,
      user_id bigint REFERENCES users ON DELETE CASCADE,
      token_hash bytea UNIQUE,
      expires_at timestamptz)`);
    await runner.query('CREATE INDEX password_resets_due ON password_resets (due_at) WHERE due_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE password_resets');
  }
}
