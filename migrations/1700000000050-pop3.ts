import type { MigrationInterface, QueryRunner } from 'typeorm';

/** POP3 beside IMAP, and how far behind the reading of a mailbox is. */
export class Pop31700000000050 implements MigrationInterface {
  name = 'Pop31700000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE mailboxes DROP CONSTRAINT mailboxes_protocol_check;
      ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_protocol_check CHECK (protocol IN ('imap', 'pop3'));
      ALTER TABLE mailboxes ADD COLUMN delete_after_days int;
      ALTER TABLE mailboxes ADD COLUMN behind int NOT NULL DEFAULT 0;
      ALTER TABLE mailboxes ADD COLUMN failures int NOT NULL DEFAULT 0;

      -- Mails of a POP3 mailbox that are stored and still lie on the server.
      CREATE TABLE mailbox_uidls (
        mailbox_id  bigint NOT NULL REFERENCES mailboxes ON DELETE CASCADE,
        uidl        text NOT NULL,
        read_at     timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (mailbox_id, uidl)
      );

      -- A mail is known by its content. Numbers can come again: from a server that lost its UIDVALIDITY, or from another
      -- account in the same mailbox' place; its mail must not be taken for what is stored.
      DROP INDEX inbound_messages_source;
      CREATE INDEX inbound_messages_source ON inbound_messages (mailbox_id, folder, uid_validity, uid)
        WHERE mailbox_id IS NOT NULL;
      -- What a mailbox has brought, by kind.
      CREATE INDEX inbound_messages_kinds ON inbound_messages (mailbox_id, kind);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX inbound_messages_kinds, inbound_messages_source;
      CREATE UNIQUE INDEX inbound_messages_source ON inbound_messages (mailbox_id, folder, uid_validity, uid)
        WHERE mailbox_id IS NOT NULL;
      DROP TABLE mailbox_uidls;
      ALTER TABLE mailboxes DROP COLUMN failures, DROP COLUMN behind, DROP COLUMN delete_after_days;
      DELETE FROM mailboxes WHERE protocol = 'pop3';
      ALTER TABLE mailboxes DROP CONSTRAINT mailboxes_protocol_check;
      ALTER TABLE mailboxes ADD CONSTRAINT mailboxes_protocol_check CHECK (protocol IN ('imap'));
    `);
  }
}
