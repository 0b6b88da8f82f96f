import { registerMessages } from '../i18n/i18n.js';
import { messages } from './messages.js';

// Whoever words something here has imported this file, so the texts are there before they are drawn.
registerMessages('trail', messages);

export { CampaignsOfContact } from './campaigns-of-contact.js';
export { TrailDrawer } from './trail-drawer.js';
export { TrailSearch } from './trail-search.js';
export { useTrailParam } from './use-trail-param.js';
