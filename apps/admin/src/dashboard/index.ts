import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'dashboard',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
