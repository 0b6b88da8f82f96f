import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What comes back: stored mail, events, and what the reports count. */
export class Feedback1700000000004 implements MigrationInterface {
  name = 'Feedback1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Raw mail, stored before anything is done at its source. workspace_id is null until a token or mailbox tells.
      CREATE TABLE inbound_messages (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint REFERENCES workspaces ON DELETE CASCADE,
        mailbox_id    bigint REFERENCES mailboxes ON DELETE SET NULL,
        folder        text,
        uid_validity  bigint,
        uid           bigint,
        envelope      jsonb NOT NULL,
        raw           bytea NOT NULL,
        content_hash  bytea NOT NULL,
        received_at   timestamptz NOT NULL DEFAULT now(),
        status        text NOT NULL DEFAULT 'stored'
                      CHECK (status IN ('stored', 'applied', 'review', 'quarantined', 'logged')),
        attempts      int NOT NULL DEFAULT 0,
        kind          text,
        trust         text,
        verdict       jsonb,
        summary       text NOT NULL DEFAULT '',
        from_address  text NOT NULL DEFAULT '',
        subject       text NOT NULL DEFAULT '',
        campaign_id   bigint,
        seq           int,
        processed_at  timestamptz
      );
      CREATE UNIQUE INDEX inbound_messages_source ON inbound_messages (mailbox_id, folder, uid_validity, uid)
        WHERE mailbox_id IS NOT NULL;
      CREATE INDEX inbound_messages_hash ON inbound_messages (mailbox_id, content_hash);
      CREATE INDEX inbound_messages_page ON inbound_messages (workspace_id, id);
      CREATE INDEX inbound_messages_stored ON inbound_messages (id) WHERE status = 'stored';

      -- Every fact of a contact's history. Opens and clicks of people and machines are kept apart from the beginning.
      CREATE TABLE events (
        id                  bigint GENERATED ALWAYS AS IDENTITY,
        at                  timestamptz NOT NULL,
        workspace_id        bigint NOT NULL,
        campaign_id         bigint,
        seq                 int,
        contact_id          bigint,
        list_id             bigint,
        type                text NOT NULL,
        human               boolean,
        link                int,
        detail              text NOT NULL DEFAULT '',
        inbound_message_id  bigint
      );
      CREATE INDEX events_contact ON events (contact_id, id);
      CREATE INDEX events_campaign ON events (campaign_id, type, at);
      CREATE INDEX events_workspace ON events (workspace_id, at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE events, inbound_messages');
  }
}
