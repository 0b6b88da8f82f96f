export { CleaningModule } from './cleaning.module.js';
export { CleaningsService } from './cleanings.service.js';
export { holdBouncingImports } from './hold-imports.js';
export { runSunsets } from './run-sunsets.js';
export { SunsetScheduleService } from './sunset-schedule.service.js';
export { cleaningJobHandlers, resumeStaleCleanings, runCleaning } from './run-cleaning.js';
