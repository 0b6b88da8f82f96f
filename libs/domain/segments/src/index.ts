export { SegmentsModule } from './segments.module.js';
export { SegmentsService } from './segments.service.js';
export { resumeMissedCounts, segmentJobHandlers } from './count-segments.js';
export { contextOf, membersAmong } from './ask-rule.js';
export { ensureSegment, findNamedRules } from './segment.repository.js';
export type { NamedRule } from './segment.repository.js';
export { loadFacts, problemsOf } from './rule-facts.js';
