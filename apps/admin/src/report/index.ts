import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'report',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
