export { ReviewModule } from './review.module.js';
export { ReviewService } from './review.service.js';
export { applyDueVerdicts } from './act.js';
export { PhrasesService } from './phrases.service.js';
