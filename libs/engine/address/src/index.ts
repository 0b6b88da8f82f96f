export { parseAddress } from './parse-address.js';
export type { AddressErrorCode, AddressResult, ParsedAddress } from './parse-address.js';
export { DISPLAY_NAME_MAX, parseDisplayName } from './display-name.js';
export type { DisplayNameResult } from './display-name.js';
export { domainOf } from './domain-of.js';
export { DOMAIN_TYPOS, suggestDomain } from './domain-typos.js';
export { isReservedDomain } from './reserved-domain.js';
