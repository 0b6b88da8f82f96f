export { judgeAddress, judgeParsed, PAST_LIMITS } from './judge-address.js';
export type { Judgement, PastBehaviour, PastLimits } from './judge-address.js';
