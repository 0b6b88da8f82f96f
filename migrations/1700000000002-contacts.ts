import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contacts, fields, tags, lists with memberships, imports and the suppression list. */
export class Contacts1700000000002 implements MigrationInterface {
  name = 'Contacts1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contact_fields (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        key           text NOT NULL,
        label         text NOT NULL,
        type          text NOT NULL CHECK (type IN ('text', 'number', 'boolean', 'date')),
        created_at    timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, key)
      );

      -- email is what goes on the wire; canonical decides who is who. tags are names, fields a typed bag by field key.
      -- No foreign keys from here to list_members: checking them row by row costs an import a third of its time. What
      -- is deleted takes its rows along by the statement triggers below.
      CREATE TABLE contacts (
        id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id   bigint NOT NULL,
        version        int NOT NULL DEFAULT 1,
        email          text NOT NULL,
        canonical      text NOT NULL,
        domain         text NOT NULL,
        international  boolean NOT NULL DEFAULT false,
        name           text NOT NULL DEFAULT '',
        locale         text,
        timezone       text,
        status         text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'bounced', 'complained', 'suppressed')),
        fields         jsonb NOT NULL DEFAULT '{}',
        tags           text[] NOT NULL DEFAULT '{}',
        import_id      bigint,
        created_at     timestamptz NOT NULL DEFAULT now(),
        updated_at     timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, canonical)
      ) WITH (fillfactor = 90);
      CREATE INDEX contacts_page ON contacts (workspace_id, id);
      CREATE INDEX contacts_tags ON contacts USING gin (tags);

      CREATE TABLE tags (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        name          text NOT NULL,
        UNIQUE (workspace_id, name)
      );

      CREATE TABLE lists (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        version       int NOT NULL DEFAULT 1,
        name          text NOT NULL,
        description   text NOT NULL DEFAULT '',
        opt_in        text NOT NULL DEFAULT 'single' CHECK (opt_in IN ('single', 'double')),
        public        boolean NOT NULL DEFAULT false,
        created_at    timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, name)
      );

      CREATE TABLE list_members (
        list_id       bigint NOT NULL,
        contact_id    bigint NOT NULL,
        workspace_id  bigint NOT NULL,
        status        text NOT NULL CHECK (status IN ('pending', 'subscribed', 'unsubscribed')),
        consent       jsonb,
        import_id     bigint,
        unsubscribed_at      timestamptz,
        unsubscribed_source  text,
        created_at    timestamptz NOT NULL DEFAULT now(),
        updated_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (list_id, contact_id)
      );
      CREATE INDEX list_members_contact ON list_members (contact_id, list_id);

      CREATE TABLE suppressions (
        id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id        bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        canonical           text NOT NULL,
        reason              text NOT NULL CHECK (reason IN ('hard_bounce', 'soft_bounce', 'complaint', 'unsubscribed', 'manual')),
        note                text NOT NULL DEFAULT '',
        detail              text NOT NULL DEFAULT '',
        campaign_id         bigint,
        inbound_message_id  bigint,
        created_at          timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, canonical)
      );
      CREATE INDEX suppressions_page ON suppressions (workspace_id, id);

      CREATE TABLE imports (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        list_id       bigint NOT NULL REFERENCES lists ON DELETE CASCADE,
        file_name     text NOT NULL,
        options       jsonb NOT NULL,
        status        text NOT NULL DEFAULT 'queued'
                      CHECK (status IN ('queued', 'running', 'done', 'cancelled', 'failed', 'undone')),
        phase         text NOT NULL DEFAULT 'reading' CHECK (phase IN ('reading', 'merging', 'finished')),
        bytes         bigint NOT NULL DEFAULT 0,
        bytes_read    bigint NOT NULL DEFAULT 0,
        rows          int NOT NULL DEFAULT 0,
        created       int NOT NULL DEFAULT 0,
        updated       int NOT NULL DEFAULT 0,
        unchanged     int NOT NULL DEFAULT 0,
        duplicates    int NOT NULL DEFAULT 0,
        invalid       int NOT NULL DEFAULT 0,
        suppressed    int NOT NULL DEFAULT 0,
        error         jsonb,
        -- The upload is stored under an id of its own, so that it needs no transaction as long as the upload lasts.
        file_id       uuid NOT NULL,
        -- Each taking of the lease raises the fence; a runner whose fence is old can't commit anything any more.
        lease_until   timestamptz,
        fence         int NOT NULL DEFAULT 0,
        -- Rows of the file up to this ordinal are merged; a resumed import goes on behind it.
        merged_to     int NOT NULL DEFAULT 0,
        created_by    text NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        finished_at   timestamptz
      );
      CREATE INDEX imports_page ON imports (workspace_id, id);
      CREATE INDEX imports_active ON imports (id) WHERE status IN ('queued', 'running');

      -- The uploaded file in pieces, so that any api process can run the import. Dropped when it has ended.
      CREATE TABLE import_chunks (
        file_id     uuid NOT NULL,
        seq         int NOT NULL,
        bytes       bytea NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (file_id, seq)
      );
      ALTER TABLE import_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

      -- Rows that could not be taken, for the error file: the row as it stood and why.
      CREATE TABLE import_errors (
        import_id  bigint NOT NULL REFERENCES imports ON DELETE CASCADE,
        line       int NOT NULL,
        code       text NOT NULL,
        message    text NOT NULL,
        cells      text[] NOT NULL,
        PRIMARY KEY (import_id, line)
      );

      -- Contacts an import changed, as they were before, and the version it left: the undo. What it created is told by
      -- contacts.import_id and list_members.import_id.
      CREATE TABLE import_undo (
        contact_id     bigint NOT NULL,
        import_id      bigint NOT NULL,
        before         jsonb NOT NULL,
        after_version  int NOT NULL,
        PRIMARY KEY (contact_id, import_id)
      );

      CREATE FUNCTION forget_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM list_members m USING gone WHERE m.contact_id = gone.id;
        DELETE FROM import_undo u USING gone WHERE u.contact_id = gone.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER contacts_gone AFTER DELETE ON contacts REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION forget_contacts();

      CREATE FUNCTION forget_lists() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM list_members m USING gone WHERE m.list_id = gone.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER lists_gone AFTER DELETE ON lists REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION forget_lists();

      CREATE FUNCTION forget_imports() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM import_undo u USING gone WHERE u.import_id = gone.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER imports_gone AFTER DELETE ON imports REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION forget_imports();

      CREATE FUNCTION forget_workspaces() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM contacts c USING gone WHERE c.workspace_id = gone.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER workspaces_gone AFTER DELETE ON workspaces REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION forget_workspaces();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER workspaces_gone ON workspaces;
      DROP TABLE import_undo, import_errors, import_chunks, imports, suppressions, list_members, lists, tags, contacts,
        contact_fields;
      DROP FUNCTION forget_contacts(), forget_lists(), forget_imports(), forget_workspaces();
    `);
  }
}
