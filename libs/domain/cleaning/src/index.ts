export { CleaningModule } from './cleaning.module.js';
export { CleaningsService } from './cleanings.service.js';
export { holdBouncingImports } from './hold-imports.js';
export { cleaningJobHandlers, resumeStaleCleanings, runCleaning } from './run-cleaning.js';
