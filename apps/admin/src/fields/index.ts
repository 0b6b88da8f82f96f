import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'fields',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
