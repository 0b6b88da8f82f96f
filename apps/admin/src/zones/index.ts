export { CampaignZones } from './campaign-zones.js';
export { ZonesAhead } from './zones-ahead.js';
