export { applyFact, applyFacts } from './apply-facts.js';
export type { ToldFact } from './apply-facts.js';
export { recipientKey } from './held-facts.js';
export { factTypeOf } from './fact-type.js';
export { applyRefusals, findPendingRefusals } from './apply-refusals.js';
export { applyMessageRefusals, isMessageFact } from './triggered-mail.js';
export { noteUnsubscribeReason } from './unsubscribe-reason.js';
export { applyVisits } from './visits.js';
export type { Visit } from './visits.js';
export { ContentReader } from './content-reader.js';
export { FeedbackModule } from './feedback.module.js';
export { POLICY_WITH_IMAGES } from './html-for-screen.js';
export { InboundService } from './inbound.service.js';
export {
  findRecentlyAccepted,
  findStored,
  findTokenSubjects,
  finishInbound,
  lockStored,
  noteMoved,
  settleReviewed,
  storeCollected,
  storeInbound,
} from './inbound.repository.js';
export type { InboundResult, InboundSource, SourceMail } from './inbound.repository.js';
export { findPhrases } from './phrase.repository.js';
export { VISIBLE_MAIL } from './visible-mail.js';
export { endTake, forgetTakes, takeStored } from './take-stored.js';
export type { StoredMail } from './take-stored.js';
