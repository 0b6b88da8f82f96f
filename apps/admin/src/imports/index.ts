import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'imports',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
