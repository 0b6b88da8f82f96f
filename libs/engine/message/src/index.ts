export { MessageError } from './message-error.js';
export type { MessageErrorCode } from './message-error.js';
export { headerLine, textHeaderLine } from './header.js';
export { formatMailbox } from './mailbox.js';
export type { Mailbox } from './mailbox.js';
export { encodeBase64Lines, encodeQuotedPrintable, encodeText, normaliseLineEnds } from './transfer-encoding.js';
export type { EncodedText, TransferEncoding } from './transfer-encoding.js';
export { compileMessage } from './compiled-message.js';
export type { MessageTemplate, TextPieces } from './compiled-message.js';
export {
  composeMessage,
  dateHeader,
  identityHeaders,
  senderHeaders,
  subjectHeader,
  toHeader,
} from './compose-message.js';
export type { OutgoingMessage } from './compose-message.js';
export type { MessageAttachment } from './mime-part.js';
export { campaignHeaders } from './campaign-headers.js';
export type { CampaignHeaderOptions } from './campaign-headers.js';
export { OutBuffer } from './out-buffer.js';
export { returnPathOf } from './return-path.js';
export type { ReturnPathOptions } from './return-path.js';
export { dkimSignatures, readDkimKey, signDkim, signingKeyFor } from './sign-dkim.js';
export type { DkimKey } from './sign-dkim.js';
