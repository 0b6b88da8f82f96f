import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The reply inbox: what people wrote back, by contact and campaign, what we answered, and flags for the mailbox. */
export class Replies1700000000091 implements MigrationInterface {
  name = 'Replies1700000000091';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- key says what a thread is about: campaign:<id>:<seq>, message:<id> or address:<canonical>.
      CREATE TABLE reply_threads (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        key           text NOT NULL,
        contact_id    bigint REFERENCES contacts ON DELETE CASCADE,
        campaign_id   bigint,
        seq           int,
        message_id    bigint,
        address       text NOT NULL,
        name          text NOT NULL DEFAULT '',
        subject       text NOT NULL DEFAULT '',
        kind          text NOT NULL CHECK (kind IN ('reply', 'auto-reply', 'unsubscribe')),
        state         text NOT NULL CHECK (state IN ('new', 'open', 'done')),
        unread        int NOT NULL DEFAULT 0,
        assignee_id   bigint REFERENCES users ON DELETE SET NULL,
        note          text NOT NULL DEFAULT '',
        -- What is searched: who, about what, and the beginning of the last mail.
        words         text NOT NULL DEFAULT '',
        preview       text NOT NULL DEFAULT '',
        version       int NOT NULL DEFAULT 1,
        last_at       timestamptz NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, key)
      );
      CREATE INDEX reply_threads_page ON reply_threads (workspace_id, last_at, id);
      CREATE INDEX reply_threads_unread ON reply_threads (workspace_id) WHERE unread > 0;
      CREATE INDEX reply_threads_contact ON reply_threads (contact_id);
      CREATE INDEX reply_threads_address ON reply_threads (workspace_id, address, last_at);

      CREATE TABLE reply_mails (
        id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        thread_id           bigint NOT NULL REFERENCES reply_threads ON DELETE CASCADE,
        inbound_message_id  bigint NOT NULL UNIQUE REFERENCES inbound_messages ON DELETE CASCADE,
        kind                text NOT NULL,
        matched             text NOT NULL CHECK (matched IN ('token', 'sender', 'person')),
        text                text NOT NULL,
        received_at         timestamptz NOT NULL,
        read_at             timestamptz
      );
      CREATE INDEX reply_mails_thread ON reply_mails (thread_id, id);

      CREATE TABLE reply_answers (
        id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        thread_id      bigint NOT NULL REFERENCES reply_threads ON DELETE CASCADE,
        reply_mail_id  bigint NOT NULL REFERENCES reply_mails ON DELETE CASCADE,
        user_id        bigint REFERENCES users ON DELETE SET NULL,
        message_id     bigint REFERENCES messages ON DELETE SET NULL,
        text           text NOT NULL,
        created_at     timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX reply_answers_thread ON reply_answers (thread_id, id);
      CREATE INDEX reply_answers_message ON reply_answers (message_id);

      -- What a mail shall be marked as where it lies; done by who holds the mailbox.
      CREATE TABLE mailbox_flags (
        id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        mailbox_id          bigint NOT NULL REFERENCES mailboxes ON DELETE CASCADE,
        inbound_message_id  bigint NOT NULL REFERENCES inbound_messages ON DELETE CASCADE,
        flag                text NOT NULL CHECK (flag IN ('seen', 'answered')),
        attempts            int NOT NULL DEFAULT 0,
        due_at              timestamptz NOT NULL DEFAULT now(),
        done_at             timestamptz,
        given_up            text,
        UNIQUE (inbound_message_id, flag)
      );
      CREATE INDEX mailbox_flags_due ON mailbox_flags (mailbox_id, due_at) WHERE done_at IS NULL AND given_up IS NULL;

      -- A person's answer: its text is no template, and it has a thread and an account of its own.
      ALTER TABLE messages ADD COLUMN answer jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE messages DROP COLUMN answer;
      DROP TABLE mailbox_flags, reply_answers, reply_mails, reply_threads;
    `);
  }
}
