export { inspectMail } from './inspect-mail.js';
export { judgeLink, linksToCheck } from './links.js';
export type { LinkAnswer, LinkVerdict } from './links.js';
export type { Finding } from './finding.js';
