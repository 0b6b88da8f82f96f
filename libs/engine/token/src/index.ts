export { createMessageTokens, createToken, createTokens, readToken } from './token.js';
export type { KeyRing, RecipientRef, TokenPurpose } from './token.js';
export {
  MAIL_NAME_PREFIX,
  createMessageId,
  readMessageId,
  readUnsubscribeLocalPart,
  readVerp,
  unsubscribeLocalPart,
  verpLocalPart,
} from './mail-names.js';
