import { PROVIDER_NAMES } from '#engine/pace';
import { BOUNCE_REASON_NAMES } from './bounce-reasons.js';

type Names = Readonly<Record<string, { zh: string; en: string } | undefined>>;
const nameIn = (names: Names) => (id: string, language: 'zh' | 'en') => names[id]?.[language] ?? id;

/** A mailbox provider as its users know it; one that is not known by the id. */
export const providerName = nameIn(PROVIDER_NAMES);
/** Why a mail did not arrive; a reason that is not known as the server names it. */
export const bounceReasonName = nameIn(BOUNCE_REASON_NAMES);
