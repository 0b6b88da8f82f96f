import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a mail says where a contact has nothing in a field, as new uses of its variable begin with it. */
export class FieldDefaults1700000000180 implements MigrationInterface {
  name = 'FieldDefaults1700000000180';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE contact_fields ADD COLUMN default_value text NOT NULL DEFAULT ''`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE contact_fields DROP COLUMN default_value');
  }
}
