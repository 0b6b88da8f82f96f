import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'settings',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
