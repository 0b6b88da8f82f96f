export { refreshAccessToken } from './refresh-access-token.js';
export type { OAuthGrant, RefreshedToken } from './refresh-access-token.js';
