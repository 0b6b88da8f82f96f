import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, workspaces, sessions, keys, idempotent answers and the audit trail. */
export class Accounts1700000000001 implements MigrationInterface {
  name = 'Accounts1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workspaces (
        id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        version         int NOT NULL DEFAULT 1,
        name            text NOT NULL,
        locale          text NOT NULL,
        timezone        text NOT NULL,
        postal_address  text NOT NULL DEFAULT '',
        undo_seconds    int NOT NULL DEFAULT 10,
        created_at      timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE users (
        id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        email          text NOT NULL UNIQUE,
        name           text NOT NULL,
        password_hash  text NOT NULL,
        locale         text NOT NULL,
        timezone       text NOT NULL,
        disabled_at    timestamptz,
        created_at     timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE workspace_members (
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        user_id       bigint NOT NULL REFERENCES users ON DELETE CASCADE,
        role          text NOT NULL CHECK (role IN ('owner', 'member')),
        created_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (workspace_id, user_id)
      );
      CREATE INDEX workspace_members_user ON workspace_members (user_id);

      CREATE TABLE sessions (
        token_hash         bytea PRIMARY KEY,
        user_id            bigint NOT NULL REFERENCES users ON DELETE CASCADE,
        last_workspace_id  bigint REFERENCES workspaces ON DELETE SET NULL,
        created_at         timestamptz NOT NULL DEFAULT now(),
        seen_at            timestamptz NOT NULL DEFAULT now(),
        expires_at         timestamptz NOT NULL
      );
      CREATE INDEX sessions_user ON sessions (user_id);

      -- One row at most: the one-time set-up link. used_at is the mutex of fifty set-ups at once.
      CREATE TABLE setup_tokens (
        singleton   boolean PRIMARY KEY DEFAULT true CHECK (singleton),
        token_hash  bytea NOT NULL,
        used_at     timestamptz,
        created_at  timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE api_keys (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        name          text NOT NULL,
        key_hash      bytea NOT NULL UNIQUE,
        prefix        text NOT NULL,
        scopes        text[] NOT NULL,
        created_by    bigint REFERENCES users ON DELETE SET NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        last_used_at  timestamptz,
        expires_at    timestamptz,
        revoked_at    timestamptz
      );
      CREATE INDEX api_keys_workspace ON api_keys (workspace_id, id);

      -- answer is null while the first request still runs.
      CREATE TABLE idempotency_keys (
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        key           text NOT NULL,
        request_hash  bytea NOT NULL,
        status        int,
        answer        jsonb,
        created_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (workspace_id, key)
      );
      CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

      CREATE TABLE audit_log (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint REFERENCES workspaces ON DELETE CASCADE,
        at            timestamptz NOT NULL DEFAULT now(),
        actor         text NOT NULL,
        action        text NOT NULL,
        subject       text NOT NULL,
        before        jsonb,
        after         jsonb
      );
      CREATE INDEX audit_log_workspace ON audit_log (workspace_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_log, idempotency_keys, api_keys, setup_tokens, sessions, workspace_members, users, workspaces
    `);
  }
}
