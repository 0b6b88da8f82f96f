import { existsSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
import type { RequestHandler, Response } from 'express';

/** Paths that are not the admin UI's. */
const OTHERS = /^\/(api|health|metrics)(\/|$)/;
const HINT = 'The admin UI is not built. Run "npm run build:admin", or use the API below /api/v1.\n';

/** The built admin UI lies beside the compiled server: dist/apps/api/src/http → dist/admin. */
export const ADMIN_DIR = path.resolve(import.meta.dirname, '../../../../admin');

/**
 * Serves the admin UI: files under /assets have a content hash in their names and are kept for a year; every other page
 * a browser asks for is index.html, whose routes the UI resolves itself.
 */
export function serveAdmin(dir: string): RequestHandler[] {
  const index = path.join(dir, 'index.html');
  const files = express.static(dir, { index: false, redirect: false, setHeaders: cachePolicy });
  return [
    (request, response, next) => (OTHERS.test(request.path) ? next() : files(request, response, next)),
    (request, response, next) => {
      const page = request.method === 'GET' || request.method === 'HEAD';
      // A missing asset is a 404, not a page: a stale tab must see that its file is gone.
      if (!page || OTHERS.test(request.path) || request.path.startsWith('/assets/') || !request.accepts('html')) {
        return next();
      }
      if (!existsSync(index)) {
        response.status(503).type('text/plain').send(HINT);
        return;
      }
      response.sendFile(index, { headers: { 'Cache-Control': 'no-cache' } });
    },
  ];
}

function cachePolicy(response: Response, file: string): void {
  const hashed = path.dirname(file).endsWith(`${path.sep}assets`);
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}
