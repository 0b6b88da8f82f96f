import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'campaigns',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
