export { applyBounce } from './apply-bounce.js';
export type { AddressBounce } from './apply-bounce.js';
export { heedBlocks } from './self-pause.js';
