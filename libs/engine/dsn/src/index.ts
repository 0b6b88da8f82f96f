export { readMail } from './read-mail.js';
export { walkMail } from './structure.js';
export type { Envelope } from './reading.js';
export type { MailStructure } from './structure.js';
export type { MailHeaders } from './mime/headers.js';
export type { MailPart } from './mime/part.js';
export type { MailProblem } from './mime/scan.js';
export { readAttachment, readContent } from './mail-content.js';
export type { MailAttachment, MailContent } from './mail-content.js';
