import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Domains mail comes from, with the keys that sign it; until now each SMTP account had a key of its own. */
export class SendingDomains1700000000130 implements MigrationInterface {
  name = 'SendingDomains1700000000130';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sending_domains (
        id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id   bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        domain         text NOT NULL,
        status         text NOT NULL DEFAULT 'unchecked'
                       CHECK (status IN ('unchecked', 'verified', 'partly', 'unverified')),
        -- As they were judged last.
        records        jsonb NOT NULL DEFAULT '[]',
        checked_at     timestamptz,
        next_check_at  timestamptz NOT NULL DEFAULT now(),
        created_at     timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, domain)
      );
      CREATE INDEX sending_domains_due ON sending_domains (next_check_at);

      CREATE TABLE dkim_keys (
        id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        domain_id   bigint NOT NULL REFERENCES sending_domains ON DELETE CASCADE,
        selector    text NOT NULL,
        -- active signs; next waits until its record is published; retired may still be asked for by receivers.
        state       text NOT NULL CHECK (state IN ('active', 'next', 'retired')),
        secret      bytea NOT NULL,
        -- What the secret is bound to where that is not this row: keys that were an SMTP account's.
        sealed_as   text,
        record      text NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        UNIQUE (domain_id, selector)
      );
      CREATE UNIQUE INDEX dkim_keys_one_each ON dkim_keys (domain_id, state) WHERE state <> 'retired';

      INSERT INTO sending_domains (workspace_id, domain)
        SELECT DISTINCT workspace_id, dkim_domain FROM smtp_accounts WHERE dkim_secret IS NOT NULL;
      -- Where accounts had different keys for a domain, the newest account's goes on.
      INSERT INTO dkim_keys (domain_id, selector, state, secret, sealed_as, record)
        SELECT DISTINCT ON (d.id) d.id, a.dkim_selector, 'active', a.dkim_secret, 'smtp_accounts:' || a.id || ':dkim',
          a.dkim_public_key
        FROM sending_domains d JOIN smtp_accounts a ON a.workspace_id = d.workspace_id AND a.dkim_domain = d.domain
        WHERE a.dkim_secret IS NOT NULL ORDER BY d.id, a.enabled DESC, a.id DESC;

      ALTER TABLE smtp_accounts DROP COLUMN dkim_domain, DROP COLUMN dkim_selector, DROP COLUMN dkim_secret,
        DROP COLUMN dkim_public_key;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE smtp_accounts ADD COLUMN dkim_domain text, ADD COLUMN dkim_selector text,
        ADD COLUMN dkim_secret bytea, ADD COLUMN dkim_public_key text;
      DROP TABLE dkim_keys, sending_domains;
    `);
  }
}
