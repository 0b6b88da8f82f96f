import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Settings } from '#platform/config';
import { LOGGER } from '#platform/nest';
import type { Logger } from '#platform/nest';
import { createLogger } from '#platform/logging';
import { AppModule } from './app.module.js';
import { Metrics } from './health/metrics.js';
import { NestLog } from './http/nest-log.js';
import { ProblemFilter } from './http/problem.filter.js';
import { JSON_MAX, nameRequest, refuseDeepBody, requireKnownBodyType } from './http/request-middleware.js';
import { securityHeaders } from './http/security-headers.js';
import { ADMIN_DIR, serveAdmin } from './http/serve-admin.js';
import { validationPipe } from './http/validation.pipe.js';
import { serveOpenApi } from './openapi/build-openapi.js';

/**
 * A whole request may take this long: 200 MB at half a megabit a second. Node's own five minutes cut such an upload;
 * what sends nothing ends sooner, by the limits of headers and uploads.
 */
const UPLOAD_MS = 3_600_000;
const OUTSIDE_OF_PREFIX = ['health/live', 'health/ready', 'metrics'];

/**
 * The whole API, neither listening nor connected yet: constructors may not touch the database, so that the OpenAPI file
 * can be written without one. Tests call `listen(0)` on it.
 */
export async function createApi(settings: Settings): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(settings), {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLog(createLogger('api', settings.get('LOG_LEVEL'))),
  });
  const proxies = settings
    .get('TRUSTED_PROXIES')
    .split(',')
    .flatMap((part) => part.trim() || []);
  app.set('trust proxy', proxies.length > 0 ? proxies : false);
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(nameRequest, app.get(Metrics).measure, securityHeaders(settings));
  app.use(...serveAdmin(ADMIN_DIR));
  app.use(requireKnownBodyType);
  app.useBodyParser('json', { limit: JSON_MAX });
  app.use(refuseDeepBody);
  (app.getHttpServer() as Server).requestTimeout = UPLOAD_MS;
  app.setGlobalPrefix('api/v1', { exclude: OUTSIDE_OF_PREFIX });
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ProblemFilter(app.get<Logger>(LOGGER)));
  serveOpenApi(app);
  return app;
}
