import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails are worked on without their bytes. */
export class InboundRows1700000000093 implements MigrationInterface {
  name = 'InboundRows1700000000093';

  async up(runner: QueryRunner): Promise<void> {
    // A row is written anew when its mail is taken and when it is done: the raw mail would be copied each time, and what
    // is known of it (some 1,000 octets) stays in the row. The attempt is counted beside the row it replaces.
    await runner.query('ALTER TABLE inbound_messages SET (toast_tuple_target = 1600, fillfactor = 70)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE inbound_messages RESET (toast_tuple_target, fillfactor)');
  }
}
