import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cleaning of lists: what was found, what was done about it, and how it was before. */
export class Cleanings1700000000080 implements MigrationInterface {
  name = 'Cleanings1700000000080';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What the DNS says about a domain's mail; null until it was asked since this column exists.
      ALTER TABLE mail_domains ADD COLUMN mail text
        CHECK (mail IN ('exchangers', 'address', 'refused', 'nothing', 'no-such-domain'));

      CREATE TABLE cleanings (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        list_id       bigint NOT NULL REFERENCES lists ON DELETE CASCADE,
        status        text NOT NULL DEFAULT 'queued' CHECK (status IN
                      ('queued', 'judging', 'ready', 'applying', 'applied', 'undoing', 'undone', 'cancelled', 'failed')),
        total         int NOT NULL,
        judged        int NOT NULL DEFAULT 0,
        -- How many of each verdict and of each reason (the gravest of an address counts); what the DNS did not tell.
        verdicts      jsonb NOT NULL DEFAULT '{}',
        reasons       jsonb NOT NULL DEFAULT '{}',
        unanswered    int NOT NULL DEFAULT 0,
        -- What to do by reason, and how often each was done.
        actions       jsonb,
        tag           text,
        done          jsonb NOT NULL DEFAULT '{}',
        -- Contacts up to this id are judged, applied or restored, by the status.
        reached       bigint NOT NULL DEFAULT 0,
        -- Each taking of the lease raises the fence; a runner whose fence is old can't commit anything any more.
        lease_until   timestamptz,
        fence         int NOT NULL DEFAULT 0,
        created_by    text NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        judged_at     timestamptz,
        applied_at    timestamptz,
        undone_at     timestamptz
      );
      CREATE INDEX cleanings_list ON cleanings (list_id, id);
      CREATE INDEX cleanings_active ON cleanings (id) WHERE status IN ('queued', 'judging', 'applying', 'undoing');

      -- Who is not valid, the gravest reason first. before is the image an undo restores.
      CREATE TABLE cleaning_rows (
        cleaning_id  bigint NOT NULL REFERENCES cleanings ON DELETE CASCADE,
        contact_id   bigint NOT NULL,
        verdict      text NOT NULL,
        reasons      text[] NOT NULL,
        suggestion   text,
        action       text,
        before       jsonb,
        PRIMARY KEY (cleaning_id, contact_id)
      );
      CREATE INDEX cleaning_rows_contact ON cleaning_rows (contact_id);

      -- What was found about an erased person goes with them.
      CREATE FUNCTION forget_cleaning_rows() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM cleaning_rows r USING gone WHERE r.contact_id = gone.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER contacts_gone_cleanings AFTER DELETE ON contacts REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION forget_cleaning_rows();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER contacts_gone_cleanings ON contacts;
      DROP FUNCTION forget_cleaning_rows();
      DROP TABLE cleaning_rows, cleanings;
      ALTER TABLE mail_domains DROP COLUMN mail;
    `);
  }
}
