import { registerMessages } from '../i18n/i18n.js';
import { messages } from './messages.js';

// Whoever shows a pace has imported this file, so the texts are there before they are drawn.
registerMessages('pace', messages);

export { AccountPanel } from './account-panel.js';
export { paceQuery } from './pace-query.js';
export { SlowProviders } from './slow-providers.js';
