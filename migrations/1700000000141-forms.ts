import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hosted subscription forms, and who asked on one of them and has not confirmed yet, or has. */
export class Forms1700000000141 implements MigrationInterface {
  name = 'Forms1700000000141';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE forms (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        version       int NOT NULL DEFAULT 1,
        public_id     text NOT NULL UNIQUE,
        name          text NOT NULL,
        enabled       boolean NOT NULL,
        locale        text NOT NULL,
        lists         bigint[] NOT NULL,
        fields        jsonb NOT NULL,
        texts         jsonb NOT NULL,
        double_opt_in boolean NOT NULL,
        sender        jsonb NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT now(),
        updated_at    timestamptz NOT NULL DEFAULT now(),
        UNIQUE (workspace_id, name)
      );
      CREATE INDEX forms_page ON forms (workspace_id, id);

      CREATE TABLE subscription_requests (
        id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        form_id       bigint NOT NULL REFERENCES forms ON DELETE CASCADE,
        workspace_id  bigint NOT NULL REFERENCES workspaces ON DELETE CASCADE,
        canonical     text NOT NULL,
        person        jsonb NOT NULL,
        token         text NOT NULL UNIQUE,
        requested_at  timestamptz NOT NULL DEFAULT now(),
        mails         int NOT NULL DEFAULT 0,
        mail_due      boolean NOT NULL,
        confirmed_at  timestamptz,
        UNIQUE (form_id, canonical)
      );
      CREATE INDEX subscription_requests_due ON subscription_requests (id) WHERE mail_due;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE subscription_requests; DROP TABLE forms');
  }
}
