import { parseSettings } from '#platform/config';
import { createApi } from '../apps/api/src/create-api.js';
import { buildOpenApi } from '../apps/api/src/openapi/build-openapi.js';

/**
 * Prints the OpenAPI document made from the controllers. Needs no database: nothing connects
 * before the first query, and the key signs nothing.
 */
const settings = parseSettings({
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  MASTER_KEY: Buffer.alloc(32).toString('base64'),
  LOG_LEVEL: 'error',
});
const app = await createApi(settings);
process.stdout.write(`${JSON.stringify(buildOpenApi(app), null, 2)}\n`, () => process.exit(0));
