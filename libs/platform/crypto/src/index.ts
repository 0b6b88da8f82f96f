export { loadMasterKey } from './master-key.js';
export type { MasterKey } from './master-key.js';
export { Vault } from './vault.js';
export { hashPassword, hashToken, randomToken, verifyPassword } from './secrets.js';
