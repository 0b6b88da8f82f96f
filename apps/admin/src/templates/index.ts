import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'templates',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
