export { actorLabel } from './request-context.js';
export type { Actor, RequestContext } from './request-context.js';
export { audit } from './audit.js';
