export { createToken, readToken } from './token.js';
export type { KeyRing, RecipientRef, TokenPurpose } from './token.js';
export {
  createMessageId,
  readMessageId,
  readUnsubscribeLocalPart,
  readVerp,
  unsubscribeLocalPart,
  verpLocalPart,
} from './mail-names.js';
