export { CampaignsModule } from './campaigns.module.js';
export { CampaignsService } from './campaigns.service.js';
export { CANDIDATES, reached, NO_UPPER_BOUND } from './audience-sql.js';
export { countAudience, countDraftAudience } from './count-audience.js';
export { checkCampaign } from './check-campaign.js';
export { findCampaign, findCampaignById, markTested, moveCampaign } from './campaign.repository.js';
export type { CampaignRow } from './campaign.repository.js';
export { pauseForPerson } from './stop-campaign.js';
export { viewCampaign } from './view-campaign.js';
