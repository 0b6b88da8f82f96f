import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'inbound',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
