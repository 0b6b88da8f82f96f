import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a shop reports of its orders: who bought, when, and for how much. */
export class Purchases1700000000181 implements MigrationInterface {
  name = 'Purchases1700000000181';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE purchases (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        contact_id    bigint NOT NULL,
        order_id      text NOT NULL,
        -- As written: 128.00 stays 128.00.
        amount        numeric,
        currency      text,
        bought_at     timestamptz NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, order_id),
        CHECK ((amount IS NULL) = (currency IS NULL))
      );
      CREATE INDEX purchases_contact ON purchases (contact_id, bought_at);
      -- The list, newest first; and whom a segment finds, without the rows themselves.
      CREATE INDEX purchases_page ON purchases (workspace_id, bought_at, id) INCLUDE (contact_id);

      -- What an erased person bought goes with them.
      CREATE FUNCTION forget_purchases() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM purchases p USING gone WHERE p.contact_id = gone.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER contacts_gone_purchases AFTER DELETE ON contacts REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION forget_purchases();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER contacts_gone_purchases ON contacts;
      DROP FUNCTION forget_purchases();
      DROP TABLE purchases;
    `);
  }
}
