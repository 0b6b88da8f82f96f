export { ReportingModule } from './reporting.module.js';
export { ReportsService } from './reports.service.js';
export { campaignCounts, NO_COUNTS, sumCounts } from './campaign-counts.js';
