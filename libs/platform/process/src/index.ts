import './source-maps.js';
export { productVersion, startHeartbeat } from './heartbeat.js';
export { announceReady, onStop } from './lifecycle.js';
export { workerFile } from './worker-file.js';
