export { SuppressionsModule } from './suppressions.module.js';
export { SuppressionsService } from './suppressions.service.js';
export { domainEntry, suppress, suppressAll } from './suppress.js';
export { endBackOff, endExpired } from './end-expired.js';
export type { SuppressRequest } from './suppress.js';
export { findEntries, isSuppressed, putBack, takeOff } from './suppression.repository.js';
export type { StoredEntry } from './suppression.repository.js';
export { takeBackSuppressed, suppressContacts } from './suppress-many.js';
export type { Suppressed } from './suppress-many.js';
