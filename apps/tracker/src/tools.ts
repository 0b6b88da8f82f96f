import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeyRing } from '#engine/token';
import type { Database } from '#platform/database';
import type { Logger } from '#platform/logging';
import type { LinkBursts } from './machines/link-bursts.js';
import { PAGE_POLICY } from './pages/layout.js';
import { preferredLanguage } from './pages/texts.js';
import type { PageLanguage } from './pages/texts.js';
import { notFoundPage } from './pages/unsubscribe-pages.js';
import type { SentCampaigns } from './sent-campaigns.js';
import type { VisitBuffer } from './visits/visit-buffer.js';
import type { WebVersions } from './web-version/web-versions.js';

/** What the routes work with. */
export interface TrackerTools {
  db: Database;
  log: Logger;
  keys: KeyRing;
  /** Where recipients reach the tracker, without a slash at the end. */
  publicUrl: string;
  campaigns: SentCampaigns;
  visits: VisitBuffer;
  bursts: LinkBursts;
  webVersions: WebVersions;
}

/** The reader's language; the workspace's own where the browser names none. */
export function languageOf(request: FastifyRequest, workspaceLocale?: string): PageLanguage {
  return preferredLanguage(request.headers['accept-language'], workspaceLocale?.startsWith('zh') ? 'zh' : 'en');
}

/** Sends one of our pages. */
export function sendPage(reply: FastifyReply, html: string, status = 200): FastifyReply {
  return reply
    .code(status)
    .header('content-security-policy', PAGE_POLICY)
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8')
    .send(html);
}

/** The page for everything that names nothing, whatever it is that is wrong: a prober learns no more. */
export function sendNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendPage(reply, notFoundPage(languageOf(request)), 404);
}
