import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'suppressions',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
