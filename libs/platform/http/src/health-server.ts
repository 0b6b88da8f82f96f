import { createServer } from 'node:http';
import { collectDefaultMetrics, register } from 'prom-client';

/** The port of a process without a web front: `/health/live`, `/health/ready`, `/metrics`. */
export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/** @param options.ready rejects while the process can't do its work (database away) */
export async function serveHealth(options: {
  host: string;
  port: number;
  ready: () => Promise<void>;
}): Promise<HealthServer> {
  collectDefaultMetrics();
  const server = createServer((request, response) => {
    const send = (status: number, type: string, body: string) => {
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    };
    const fail = () => send(503, 'application/json', '{"status":"unavailable"}');
    if (request.url === '/health/live') return send(200, 'application/json', '{"status":"ok"}');
    if (request.url === '/health/ready') {
      options.ready().then(() => send(200, 'application/json', '{"status":"ok"}'), fail);
      return;
    }
    if (request.url === '/metrics') {
      register.metrics().then((text) => send(200, register.contentType, text), fail);
      return;
    }
    send(404, 'application/json', '{"status":"not found"}');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as { port: number }).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
