import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Settings } from '#platform/config';

/**
 * Headers of every answer. The policy fits the admin UI: its component library writes style elements at run time
 * (hence inline styles), its images may lie on the tracker, and mail is shown in sandboxed srcdoc frames, which inherit
 * this policy and so can neither run scripts nor load anything from elsewhere.
 */
export function securityHeaders(settings: Settings): RequestHandler {
  const https = settings.get('PUBLIC_URL').startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', new URL(settings.get('TRACKING_URL')).origin],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    // Browsers honour these two over TLS only and complain about them otherwise.
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}
