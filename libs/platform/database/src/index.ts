export { Database, Transaction, isUniqueViolation } from './database.js';
export type { Sql, Statement } from './database.js';
export { isConnectionFailure } from './connection-failure.js';
export { togetherOrAlone } from './together-or-alone.js';
export { decodeCursor, decodeIdCursor, encodeCursor, notOurs, requireIdInCursor, toPage } from './cursor.js';
export { migrateDatabase } from './migrate.js';
export { EmbeddedPostgres } from './embedded-postgres.js';
export { EmbeddedPostgresError } from './postgres-access.js';
