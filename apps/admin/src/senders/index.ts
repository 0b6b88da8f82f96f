import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'senders',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
