import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Triggered mail: one message to one person, asked for by a program. */
export class Messages1700000000020 implements MigrationInterface {
  name = 'Messages1700000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Compiled once; messages of the same template share a row.
      CREATE TABLE message_contents (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        hash          bytea NOT NULL,
        compiled      jsonb NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, hash)
      );

      -- A sender's hold on up to twenty messages, and their fence: a write names it, and it is never given out twice.
      CREATE TABLE message_claims (
        id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        lease_owner  uuid NOT NULL,
        lease_until  timestamptz NOT NULL
      );
      CREATE INDEX message_claims_until ON message_claims (lease_until);

      CREATE TABLE messages (
        id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id   bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        to_address     text NOT NULL,
        to_name        text NOT NULL DEFAULT '',
        canonical      text NOT NULL,
        international  boolean NOT NULL DEFAULT false,
        provider       text NOT NULL,
        -- Reserved domains (.test, example.com, …) never leave the machine.
        reserved       boolean NOT NULL DEFAULT false,
        from_address   text NOT NULL,
        from_name      text NOT NULL DEFAULT '',
        reply_to       text,
        template_id    bigint,
        content_id     bigint NOT NULL REFERENCES message_contents,
        subject        text NOT NULL,
        data           jsonb NOT NULL DEFAULT '{}',
        tags           text[] NOT NULL DEFAULT '{}',
        status         text NOT NULL DEFAULT 'pending'
                       CHECK (status IN ('pending', 'accepted', 'rejected', 'expired', 'uncertain', 'skipped')),
        skip_reason    text,
        -- Why it still waits, or what can't be rendered: words, not a state.
        detail         text NOT NULL DEFAULT '',
        attempts       jsonb NOT NULL DEFAULT '[]',
        ready_at       timestamptz NOT NULL DEFAULT now(),
        deadline_at    timestamptz NOT NULL,
        claim_id       bigint,
        created_at     timestamptz NOT NULL DEFAULT now(),
        accepted_at    timestamptz,
        finished_at    timestamptz,
        bounced_at     timestamptz,
        bounce_kind    text CHECK (bounce_kind IN ('hard', 'soft')),
        bounce_reason  text,
        bounce_detail  text,
        complained_at  timestamptz
      ) WITH (fillfactor = 80);
      CREATE INDEX messages_ready ON messages (ready_at, id) WHERE status = 'pending' AND claim_id IS NULL;
      CREATE INDEX messages_claimed ON messages (claim_id) WHERE claim_id IS NOT NULL;
      CREATE INDEX messages_page ON messages (workspace_id, id);
      CREATE INDEX messages_to ON messages (workspace_id, canonical text_pattern_ops, id);
      -- What is not accepted is rare, and what one looks for.
      CREATE INDEX messages_status ON messages (workspace_id, status, id) WHERE status <> 'accepted';
      CREATE INDEX messages_tags ON messages USING gin (tags);

      CREATE TABLE message_attachments (
        message_id    bigint NOT NULL REFERENCES messages ON DELETE CASCADE,
        position      int NOT NULL,
        workspace_id  bigint NOT NULL,
        name          text NOT NULL,
        content_type  text NOT NULL,
        bytes         bytea NOT NULL,
        PRIMARY KEY (message_id, position)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE message_attachments, messages, message_claims, message_contents');
  }
}
