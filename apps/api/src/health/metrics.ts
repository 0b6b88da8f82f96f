import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The numbers of this process for Prometheus. A registry of its own, so that two apps in one process don't clash. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  readonly registry = new Registry();
  private readonly duration = new Histogram({
    name: 'hongyan_http_request_seconds',
    help: 'Time until an answer was sent, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Measures each request under its route's pattern, never its path: paths are unbounded. */
  readonly measure: RequestHandler = (request, response, next) => {
    const stop = this.duration.startTimer({ method: request.method });
    response.once('close', () => {
      const route = (request.route as { path?: unknown } | undefined)?.path;
      stop({ route: typeof route === 'string' ? route : 'other', status: String(response.statusCode) });
    });
    next();
  };

  onApplicationShutdown(): void {
    this.registry.clear();
  }
}
