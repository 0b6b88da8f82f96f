import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'lists',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
