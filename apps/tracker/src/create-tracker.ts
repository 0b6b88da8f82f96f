import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { KeyRing } from '#engine/token';
import type { Database } from '#platform/database';
import type { Logger } from '#platform/logging';
import { LinkBursts } from './machines/link-bursts.js';
import { troublePage } from './pages/unsubscribe-pages.js';
import { archiveRoutes } from './routes/archive.js';
import { clickRoutes } from './routes/clicks.js';
import { healthRoutes } from './routes/health.js';
import { formRoutes } from './routes/forms.js';
import { imageRoutes } from './routes/images.js';
import { openRoutes } from './routes/opens.js';
import { preferenceRoutes } from './routes/preferences.js';
import { unsubscribeRoutes } from './routes/unsubscribes.js';
import { webVersionRoutes } from './routes/web-version.js';
import { SentCampaigns } from './sent-campaigns.js';
import { languageOf, sendNotFound, sendPage } from './tools.js';
import type { TrackerTools } from './tools.js';
import { recordVisits } from './visits/record-visits.js';
import { VisitBuffer } from './visits/visit-buffer.js';
import { WebVersions } from './web-version/web-versions.js';

export interface Tracker {
  app: FastifyInstance;
  visits: VisitBuffer;
  /** Two phases: answers what is being asked and takes nothing new; then writes what is left. The database stays open. */
  close(graceMs: number): Promise<void>;
}

/** The public edge: no session, no cookie, no Nest in its way; not listening yet. */
export function createTracker(options: { db: Database; log: Logger; keys: KeyRing; publicUrl: string }): Tracker {
  const { db, log } = options;
  const visits = new VisitBuffer((batch) => recordVisits(db, batch), log);
  const webVersions = new WebVersions();
  const tools: TrackerTools = {
    ...options,
    publicUrl: options.publicUrl.replace(/\/+$/, ''),
    campaigns: new SentCampaigns(db),
    visits,
    bursts: new LinkBursts(),
    webVersions,
  };
  const app = fastify({
    logger: false,
    bodyLimit: 4_096,
    requestTimeout: 10_000,
    connectionTimeout: 15_000,
    keepAliveTimeout: 5_000,
    exposeHeadRoutes: true,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
  acceptForms(app);
  everyAnswer(app, log);
  const every = [
    openRoutes,
    clickRoutes,
    unsubscribeRoutes,
    preferenceRoutes,
    webVersionRoutes,
    imageRoutes,
    formRoutes,
    archiveRoutes,
  ];
  for (const routes of [...every, healthRoutes]) routes(app, tools);
  return {
    app,
    visits,
    async close(graceMs) {
      await app.close();
      await visits.close(graceMs);
      await webVersions.close();
    },
  };
}

/** A one-click POST comes as a form of either encoding (RFC 8058); the one field is looked for in the text of both. */
function acceptForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/** Nothing here may be kept by a proxy, tell another site where a reader came from, or be taken for another type. */
function everyAnswer(app: FastifyInstance, log: Logger): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('x-content-type-options', 'nosniff');
  });
  app.setNotFoundHandler((request, reply) => sendNotFound(request, reply));
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 503;
    if (status >= 500) log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    if (status === 503) reply.header('retry-after', '30');
    return sendPage(reply, troublePage(languageOf(request)), status);
  });
}
