import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The memory of bounces, the decision table of each workspace, and suppressions that end or bar a whole domain. */
export class Hygiene1700000000070 implements MigrationInterface {
  name = 'Hygiene1700000000070';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- An entry '@example.com' bars the whole domain.
      ALTER TABLE suppressions
        ADD COLUMN expires_at timestamptz,
        ADD COLUMN domain text GENERATED ALWAYS AS (CASE WHEN canonical LIKE '@%' THEN substr(canonical, 2) END) STORED,
        DROP CONSTRAINT suppressions_reason_check,
        ADD CONSTRAINT suppressions_reason_check CHECK (reason IN
          ('hard_bounce', 'soft_bounce', 'complaint', 'unsubscribed', 'manual', 'backed_off', 'quarantined'));
      CREATE UNIQUE INDEX suppressions_domain ON suppressions (workspace_id, domain) WHERE domain IS NOT NULL;
      CREATE INDEX suppressions_expiry ON suppressions (expires_at) WHERE expires_at IS NOT NULL;

      -- When a person let an address or domain be mailed again: what it did before counts no more.
      CREATE TABLE suppression_lifts (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        canonical     text NOT NULL,
        at            timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX suppression_lifts_address ON suppression_lifts (workspace_id, canonical, at);

      -- Every bounce and refusal that was believed, one a message: what the decision table counts, and is replayed over.
      CREATE TABLE hygiene_hits (
        id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id        bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        canonical           text NOT NULL,
        domain              text NOT NULL,
        rule                text NOT NULL,
        reason              text NOT NULL,
        at                  timestamptz NOT NULL,
        campaign_id         bigint,
        seq                 int,
        message_id          bigint,
        inbound_message_id  bigint,
        words               text NOT NULL DEFAULT ''
      );
      CREATE UNIQUE INDEX hygiene_hits_recipient ON hygiene_hits (campaign_id, seq) WHERE campaign_id IS NOT NULL;
      CREATE UNIQUE INDEX hygiene_hits_message ON hygiene_hits (message_id) WHERE message_id IS NOT NULL;
      CREATE INDEX hygiene_hits_address ON hygiene_hits (workspace_id, canonical, at);
      CREATE INDEX hygiene_hits_domain ON hygiene_hits (workspace_id, domain, at) WHERE rule = 'unreachable';

      CREATE FUNCTION forget_hygiene() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM hygiene_hits h USING gone WHERE h.workspace_id = gone.workspace_id AND h.canonical = gone.canonical;
        RETURN NULL;
      END $$;
      CREATE TRIGGER contacts_gone_hygiene AFTER DELETE ON contacts REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION forget_hygiene();

      -- Rows of the decision table that a workspace has set; the others are as the product has them.
      CREATE TABLE hygiene_settings (
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        rule          text NOT NULL,
        version       int NOT NULL DEFAULT 1,
        setting       jsonb NOT NULL,
        PRIMARY KEY (workspace_id, rule)
      );

      -- What a change of a row was and did to addresses when it was replayed: the undo.
      CREATE TABLE hygiene_changes (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        rule          text NOT NULL,
        before        jsonb NOT NULL,
        after         jsonb NOT NULL,
        suppressed    int NOT NULL DEFAULT 0,
        freed         int NOT NULL DEFAULT 0,
        actor         text NOT NULL,
        at            timestamptz NOT NULL DEFAULT now(),
        undone_at     timestamptz
      );
      CREATE INDEX hygiene_changes_page ON hygiene_changes (workspace_id, id);
      CREATE TABLE hygiene_change_addresses (
        change_id  bigint NOT NULL REFERENCES hygiene_changes ON DELETE CASCADE,
        canonical  text NOT NULL,
        -- The entry of the suppression list as it was before; null where there was none.
        before     jsonb,
        PRIMARY KEY (change_id, canonical)
      );

      -- A campaign that paused itself because it was refused too often.
      CREATE TABLE campaign_alarms (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        campaign_id   bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        from_domain   text NOT NULL,
        provider      text,
        blocked       int NOT NULL,
        settled       int NOT NULL,
        words         text NOT NULL,
        -- Facts up to this hit have had their effect: they don't pause it again.
        last_hit      bigint NOT NULL,
        at            timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX campaign_alarms_campaign ON campaign_alarms (campaign_id, id);
      CREATE INDEX campaign_alarms_page ON campaign_alarms (workspace_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER contacts_gone_hygiene ON contacts;
      DROP FUNCTION forget_hygiene();
      DROP TABLE campaign_alarms, hygiene_change_addresses, hygiene_changes, hygiene_settings, hygiene_hits,
        suppression_lifts;
      DELETE FROM suppressions WHERE reason IN ('backed_off', 'quarantined') OR canonical LIKE '@%';
      ALTER TABLE suppressions DROP COLUMN domain, DROP COLUMN expires_at, DROP CONSTRAINT suppressions_reason_check,
        ADD CONSTRAINT suppressions_reason_check CHECK (reason IN
          ('hard_bounce', 'soft_bounce', 'complaint', 'unsubscribed', 'manual'));
    `);
  }
}
