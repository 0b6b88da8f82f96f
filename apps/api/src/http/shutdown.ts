import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { EventStream } from '../events/event-stream.js';

/**
 * Stops in two phases: first no new connections, while running requests finish; then workers, queue and database.
 * @param graceMs how long running requests may take
 */
export async function closeGracefully(app: INestApplication, graceMs: number): Promise<void> {
  const server = app.getHttpServer() as Server;
  const drained = new Promise<void>((resolve) => server.close(() => resolve()));
  app.get(EventStream).end();
  // A kept-alive connection turns idle only when its request has ended.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  try {
    await drained;
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
  }
  await app.close();
}
