import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Templates, images, SMTP accounts, mailboxes, campaigns and the ledger. */
export class Sending1700000000003 implements MigrationInterface {
  name = 'Sending1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE templates (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        version       int NOT NULL DEFAULT 1,
        name          text NOT NULL,
        content       jsonb NOT NULL,
        starter       text,
        created_at    timestamptz NOT NULL DEFAULT now(),
        updated_at    timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX templates_page ON templates (workspace_id, id);

      -- public_id is what stands in mails, so that images cannot be counted through.
      CREATE TABLE images (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        public_id     text NOT NULL UNIQUE,
        name          text NOT NULL,
        content_type  text NOT NULL,
        width         int NOT NULL,
        height        int NOT NULL,
        bytes         bytea NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX images_page ON images (workspace_id, id);

      CREATE TABLE attachments (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        name          text NOT NULL,
        content_type  text NOT NULL,
        bytes         bytea NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE smtp_accounts (
        id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id             bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        version                  int NOT NULL DEFAULT 1,
        kind                     text NOT NULL CHECK (kind IN ('sandbox', 'smtp')),
        name                     text NOT NULL,
        host                     text NOT NULL,
        port                     int NOT NULL,
        security                 text NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
        auth_method              text NOT NULL,
        auth_user                text NOT NULL DEFAULT '',
        auth_secret              bytea,
        return_path              text NOT NULL CHECK (return_path IN ('verp', 'account')),
        return_path_domain       text,
        return_path_address      text,
        connections              int NOT NULL,
        messages_per_connection  int NOT NULL,
        limits                   jsonb NOT NULL DEFAULT '{}',
        weight                   int NOT NULL DEFAULT 1,
        from_domains             text[] NOT NULL DEFAULT '{}',
        dkim_domain              text,
        dkim_selector            text,
        dkim_secret              bytea,
        dkim_public_key          text,
        enabled                  boolean NOT NULL DEFAULT true,
        health                   text NOT NULL DEFAULT 'unknown' CHECK (health IN ('ok', 'failing', 'unknown')),
        last_error               text,
        last_error_at            timestamptz,
        retry_at                 timestamptz,
        created_at               timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX smtp_accounts_workspace ON smtp_accounts (workspace_id, id);

      -- Pace of an account, shared by all senders of the one-machine mode (engine/pace owns the shape of state).
      CREATE TABLE pace_states (
        key         text PRIMARY KEY,
        state       jsonb NOT NULL,
        updated_at  timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE mailboxes (
        id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id   bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        version        int NOT NULL DEFAULT 1,
        name           text NOT NULL,
        protocol       text NOT NULL CHECK (protocol IN ('imap')),
        host           text NOT NULL,
        port           int NOT NULL,
        security       text NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
        auth_method    text NOT NULL,
        auth_user      text NOT NULL,
        auth_secret    bytea,
        folders        text[] NOT NULL,
        move_to        text,
        enabled        boolean NOT NULL DEFAULT true,
        state          text NOT NULL DEFAULT 'connecting'
                       CHECK (state IN ('connecting', 'idle', 'polling', 'error', 'disabled')),
        last_error     text,
        last_read_at   timestamptz,
        processed      int NOT NULL DEFAULT 0,
        lease_owner    text,
        lease_until    timestamptz,
        fence          bigint NOT NULL DEFAULT 0,
        created_at     timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX mailboxes_workspace ON mailboxes (workspace_id, id);

      CREATE TABLE mailbox_cursors (
        mailbox_id    bigint NOT NULL REFERENCES mailboxes ON DELETE CASCADE,
        folder        text NOT NULL,
        uid_validity  bigint NOT NULL,
        last_uid      bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (mailbox_id, folder)
      );

      CREATE TABLE campaigns (
        id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id     bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        version          int NOT NULL DEFAULT 1,
        name             text NOT NULL,
        status           text NOT NULL DEFAULT 'draft'
                         CHECK (status IN ('draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed')),
        paused_reason    text,
        from_name        text NOT NULL DEFAULT '',
        from_address     text NOT NULL DEFAULT '',
        reply_to         text,
        content          jsonb NOT NULL,
        audience         jsonb NOT NULL,
        smtp_accounts    bigint[] NOT NULL DEFAULT '{}',
        attachments      bigint[] NOT NULL DEFAULT '{}',
        track_opens      boolean NOT NULL DEFAULT true,
        track_clicks     boolean NOT NULL DEFAULT true,
        uncertain        text NOT NULL DEFAULT 'hold' CHECK (uncertain IN ('hold', 'resend', 'skip')),
        deadline_hours   int NOT NULL DEFAULT 48,
        scheduled_at     timestamptz,
        timezone         text,
        started_at       timestamptz,
        frozen_at        timestamptz,
        max_contact_id   bigint,
        prepare_cursor   bigint NOT NULL DEFAULT 0,
        prepared_count   int NOT NULL DEFAULT 0,
        excluded_count   int NOT NULL DEFAULT 0,
        prepared_at      timestamptz,
        deadline_at      timestamptz,
        finished_at      timestamptz,
        tested_at        timestamptz,
        archived_at      timestamptz,
        created_at       timestamptz NOT NULL DEFAULT now(),
        updated_at       timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX campaigns_page ON campaigns (workspace_id, id);
      CREATE INDEX campaigns_active ON campaigns (status) WHERE status IN ('scheduled', 'sending', 'paused');

      -- The compiled content, frozen at the start; links is the campaign's own table, so a click can't redirect elsewhere.
      CREATE TABLE campaign_contents (
        campaign_id  bigint PRIMARY KEY REFERENCES campaigns ON DELETE CASCADE,
        compiled     jsonb NOT NULL,
        links        jsonb NOT NULL
      );

      CREATE TABLE send_batches (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        campaign_id   bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        workspace_id  bigint NOT NULL,
        provider      text NOT NULL,
        -- Reserved domains (.test, example.com, …) never leave the machine: these batches go to the sandbox only.
        reserved      boolean NOT NULL DEFAULT false,
        size          int NOT NULL,
        status        text NOT NULL DEFAULT 'ready' CHECK (status IN ('ready', 'leased', 'done')),
        ready_at      timestamptz NOT NULL DEFAULT now(),
        lease_owner   uuid,
        lease_until   timestamptz,
        fence         bigint NOT NULL DEFAULT 0,
        -- Seq numbers of the slice on its way to the wire under the present fence. What a vanished owner may have
        -- sent is in here and nowhere else.
        slice         int[] NOT NULL DEFAULT '{}'
      );
      CREATE INDEX send_batches_ready ON send_batches (ready_at) WHERE status = 'ready';
      CREATE INDEX send_batches_leased ON send_batches (lease_until) WHERE status = 'leased';
      CREATE INDEX send_batches_campaign ON send_batches (campaign_id, status);

      -- The ledger. Partitioned by ranges of campaigns so that old ones drop cheaply and planning stays flat.
      CREATE TABLE campaign_recipients (
        campaign_id      bigint NOT NULL,
        seq              int NOT NULL,
        workspace_id     bigint NOT NULL,
        contact_id       bigint NOT NULL,
        batch_id         bigint NOT NULL,
        email            text NOT NULL,
        canonical        text NOT NULL,
        provider         text NOT NULL,
        status           text NOT NULL DEFAULT 'pending'
                         CHECK (status IN ('pending', 'accepted', 'rejected', 'expired', 'uncertain', 'skipped')),
        attempts         jsonb NOT NULL DEFAULT '[]',
        retry_at         timestamptz,
        skip_reason      text,
        -- A refusal in the session that feedback has not applied yet (rejected rows only).
        refusal_pending  boolean NOT NULL DEFAULT false,
        accepted_at      timestamptz,
        finished_at      timestamptz,
        bounced_at       timestamptz,
        bounce_kind      text CHECK (bounce_kind IN ('hard', 'soft')),
        bounce_reason    text,
        bounce_detail    text,
        complained_at    timestamptz,
        opened_at        timestamptz,
        machine_opened_at   timestamptz,
        clicked_at       timestamptz,
        machine_clicked_at  timestamptz,
        replied_at       timestamptz,
        auto_replied_at  timestamptz,
        unsubscribed_at  timestamptz,
        PRIMARY KEY (campaign_id, seq),
        UNIQUE (campaign_id, contact_id)
      ) PARTITION BY RANGE (campaign_id);
      CREATE INDEX campaign_recipients_batch ON campaign_recipients (batch_id) WHERE status = 'pending';
      CREATE INDEX campaign_recipients_refusal ON campaign_recipients (campaign_id) WHERE refusal_pending;
      CREATE INDEX campaign_recipients_contact ON campaign_recipients (contact_id);

      -- Partitions of a thousand campaigns each, made by need under a lock on the parent.
      CREATE FUNCTION ensure_recipient_partition(campaign bigint) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        low bigint := campaign / 1000 * 1000;
        part text := 'campaign_recipients_' || low;
      BEGIN
        IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
        PERFORM pg_advisory_xact_lock(hashtext('campaign_recipients'));
        IF to_regclass(part) IS NOT NULL THEN RETURN; END IF;
        EXECUTE format('CREATE TABLE %I PARTITION OF campaign_recipients FOR VALUES FROM (%s) TO (%s) WITH (fillfactor = 80)',
          part, low, low + 1000);
      END $$;
      SELECT ensure_recipient_partition(0);

      CREATE TABLE campaign_exclusions (
        campaign_id  bigint NOT NULL REFERENCES campaigns ON DELETE CASCADE,
        contact_id   bigint NOT NULL,
        reason       text NOT NULL,
        PRIMARY KEY (campaign_id, contact_id)
      );

      -- Known senders: an owner is dead when its journal was sealed and replayed, or its process is known to have ended.
      CREATE TABLE sender_processes (
        id          uuid PRIMARY KEY,
        host        text NOT NULL,
        pid         int NOT NULL,
        boot_id     text NOT NULL,
        started_at  timestamptz NOT NULL DEFAULT now(),
        seen_at     timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE sender_processes, campaign_exclusions, campaign_recipients, send_batches, campaign_contents, campaigns,
        mailbox_cursors, mailboxes, pace_states, smtp_accounts, attachments, images, templates;
      DROP FUNCTION ensure_recipient_partition(bigint);
    `);
  }
}
