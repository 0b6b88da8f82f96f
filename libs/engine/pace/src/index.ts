export { emptyPace, grantTokens, spacingMs } from './grant-tokens.js';
export type { Grant, PaceState } from './grant-tokens.js';
export type { RateLimits } from '#contracts';
export { PROVIDER_DOMAINS, providerOf } from './providers.js';
export type { MailboxProvider } from './providers.js';
