import type { Messages } from '../i18n/messages.js';

export const messages: Messages = { zh: {}, en: {} };
