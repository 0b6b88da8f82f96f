export { SuppressionsModule } from './suppressions.module.js';
export { SuppressionsService } from './suppressions.service.js';
export { suppress } from './suppress.js';
export type { SuppressRequest } from './suppress.js';
export { isSuppressed } from './suppression.repository.js';
