import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why the system stopped a campaign, as codes with parameters: the admin UI words them in its language. */
export class StopReasons1700000000100 implements MigrationInterface {
  name = 'StopReasons1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaigns ADD COLUMN stop_reasons jsonb NOT NULL DEFAULT '[]';
      UPDATE campaigns SET stop_reasons = jsonb_build_array(CASE
        WHEN paused_reason ~ '^(NO_SMTP_ACCOUNT|SENDER_REFUSED)(: |$)' THEN jsonb_build_object(
          'code', substring(paused_reason from '^[A-Z_]+'),
          'message', paused_reason,
          'params', jsonb_strip_nulls(jsonb_build_object('words', substring(paused_reason from '^[A-Z_]+: (.*)$'))))
        ELSE jsonb_build_object('code', 'OTHER', 'message', paused_reason) END)
      WHERE paused_reason IS NOT NULL;
      ALTER TABLE campaigns DROP COLUMN paused_reason;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE campaigns ADD COLUMN paused_reason text;
      UPDATE campaigns SET paused_reason = stop_reasons->0->>'message' WHERE stop_reasons <> '[]';
      ALTER TABLE campaigns DROP COLUMN stop_reasons;
    `);
  }
}
