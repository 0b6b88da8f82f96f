import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A variant of an A/B test may differ in when it is sent, and what a verdict was made of is kept beside it. */
export class AbSendTimes1700000000175 implements MigrationInterface {
  name = 'AbSendTimes1700000000175';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ab_tests ADD COLUMN counted jsonb;
      UPDATE ab_tests SET variants =
        (SELECT jsonb_agg(variant || '{"sendAt": null}' ORDER BY place)
         FROM jsonb_array_elements(variants) WITH ORDINALITY AS v (variant, place));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ab_tests DROP COLUMN counted;
      UPDATE ab_tests SET variants =
        (SELECT jsonb_agg(variant - 'sendAt' ORDER BY place)
         FROM jsonb_array_elements(variants) WITH ORDINALITY AS v (variant, place));
    `);
  }
}
