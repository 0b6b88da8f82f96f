export { isAligned, organisationalDomain } from './domains.js';
export { spfMechanismFor } from './spf.js';
export { DOMAIN_STATUSES, dmarcFallbackName, expectedRecords, judgeRecord, statusOf } from './records.js';
export type { DnsAnswer, DomainStatus, ExpectedRecord, JudgedRecord, RecordKind } from './records.js';
