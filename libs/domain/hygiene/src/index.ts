export { applyBounces, holdBounced, touchedBy } from './apply-bounces.js';
export type { AddressBounce } from './apply-bounces.js';
export { ContactHygieneService } from './contact-hygiene.js';
export { forgetOldHits } from './forget-hits.js';
export { HygieneModule } from './hygiene.module.js';
export { HygieneService } from './hygiene.service.js';
export { heedBlocks } from './self-pause.js';
