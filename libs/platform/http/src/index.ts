export { serveHealth } from './health-server.js';
export type { HealthServer } from './health-server.js';
