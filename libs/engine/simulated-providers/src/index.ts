export { fillText, greylistText } from './provider-texts.js';
export type { RefusalReason, ReplyText } from './provider-texts.js';
export { PROVIDERS, providerOf, simulatedProvider } from './simulated-providers.js';
export type { BounceForm, Provider, ProviderKey, ProviderLimits } from './simulated-providers.js';
export { MessageBucket } from './message-bucket.js';
