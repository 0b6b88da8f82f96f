export { ReportingModule } from './reporting.module.js';
export { ReportsService } from './reports.service.js';
export { checkRollups } from './rollup/check-rollups.js';
export { rollUp } from './rollup/roll-up.js';
