import { registerMessages } from '../i18n/i18n.js';
import { messages } from './messages.js';

// Whoever acts on a campaign has imported this file, so the texts are there before they are drawn.
registerMessages('actions', messages);

export { useCampaignActions } from './use-campaign-actions.js';
