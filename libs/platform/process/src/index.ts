export { announceReady, onStop } from './lifecycle.js';
