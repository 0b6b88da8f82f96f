export { MasterKeyError, WITHOUT_OLD_KEY, loadMasterKey, makeMasterKey, readMasterKey } from './master-key.js';
export type { KeyPlace, MasterKey } from './master-key.js';
export { settleMasterKey } from './settle-master-key.js';
export type { KeySettled } from './settle-master-key.js';
export { Vault } from './vault.js';
export { hashPassword, hashToken, randomToken, verifyPassword } from './secrets.js';
