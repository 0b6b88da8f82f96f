import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'sandbox',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
