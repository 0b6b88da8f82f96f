import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'mailboxes',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
