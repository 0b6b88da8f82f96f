export { createMessageTokens, createToken, createTokens, readMessageToken, readToken } from './token.js';
export type { KeyRing, RecipientRef, TokenPurpose } from './token.js';
export {
  MAIL_NAME_PREFIX,
  createMessageId,
  readMessageId,
  readTriggeredName,
  readUnsubscribeLocalPart,
  readVerp,
  unsubscribeLocalPart,
  verpLocalPart,
} from './mail-names.js';
