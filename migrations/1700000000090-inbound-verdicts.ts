import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people decided about mail that no program could judge. */
export class InboundVerdicts1700000000090 implements MigrationInterface {
  name = 'InboundVerdicts1700000000090';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One for a mail. It acts at acts_at, so that a wrong key can be taken back; the fact then knows whom it is about.
      CREATE TABLE inbound_verdicts (
        inbound_message_id  bigint PRIMARY KEY REFERENCES inbound_messages ON DELETE CASCADE,
        workspace_id        bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        kind                text NOT NULL,
        reason              text,
        campaign_id         bigint,
        seq                 int,
        actor               text NOT NULL,
        acts_at             timestamptz NOT NULL,
        acted_at            timestamptz,
        created_at          timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX inbound_verdicts_due ON inbound_verdicts (acts_at) WHERE acted_at IS NULL;
      CREATE INDEX inbound_messages_review ON inbound_messages (workspace_id, id)
        WHERE status IN ('review', 'quarantined');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX inbound_messages_review; DROP TABLE inbound_verdicts');
  }
}
