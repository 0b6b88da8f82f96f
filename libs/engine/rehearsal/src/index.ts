export { Rehearsal } from './rehearsal.js';
export type { RehearsalAccount, RehearsalGroup, RehearsalPlan, RehearsalResult } from './rehearsal.js';
