import type { FastifyInstance } from 'fastify';
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { TrackerTools } from '../tools.js';

/** `/health/live`, `/health/ready`, `/metrics`. */
export function healthRoutes(app: FastifyInstance, { db, visits }: TrackerTools): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  gauge(registry, 'hongyan_tracker_visits_waiting', 'Opens and clicks that wait for their commit', () => visits.size);
  gauge(registry, 'hongyan_tracker_visits_written', 'Opens and clicks written since the start', () => visits.written);
  gauge(registry, 'hongyan_tracker_visits_dropped', 'Opens and clicks nobody could keep', () => visits.dropped);

  app.get('/health/live', () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    const ready = await db.first('SELECT 1').then(
      () => true,
      () => false,
    );
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable' });
  });
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
