import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'account',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
