import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Warm-up plans of SMTP accounts, and who runs the domains that are in no table. */
export class WarmUp1700000000010 implements MigrationInterface {
  name = 'WarmUp1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- { preset, startAt, volumes? }: what a new account may send in its first days.
      ALTER TABLE smtp_accounts ADD COLUMN warmup jsonb;
      -- { code, count, of }: why the plan has stopped itself; a person lets it go on.
      ALTER TABLE smtp_accounts ADD COLUMN warmup_stop jsonb;
      ALTER TABLE smtp_accounts ADD COLUMN warmup_stopped_at timestamptz;
      -- When a person last set the plan or let it go on: answers from before then do not stop it.
      ALTER TABLE smtp_accounts ADD COLUMN warmup_since timestamptz;

      -- Companies' domains and their mailbox provider by MX; a row without checked_at waits for its look-up.
      CREATE TABLE mail_domains (
        domain      text PRIMARY KEY,
        provider    text,
        checked_at  timestamptz,
        retry_at    timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX mail_domains_due ON mail_domains (retry_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE mail_domains;
      ALTER TABLE smtp_accounts DROP COLUMN warmup, DROP COLUMN warmup_stop, DROP COLUMN warmup_stopped_at,
        DROP COLUMN warmup_since;
    `);
  }
}
