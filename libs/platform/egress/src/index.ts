export { Egress, pinned } from './egress.js';
export type { EgressFailure } from './diagnose.js';
export type { Resolved } from './egress.js';
export { MailExchangerLookup } from './mail-exchangers.js';
export type { MailExchangers } from './mail-exchangers.js';
export { diagnoseTls } from './diagnose.js';
export { peek } from './peek.js';
export type { Peeked } from './peek.js';
export { NetworkSet, isPublicAddress } from './networks.js';
