import type { Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'contacts',
  routes: [],
  loadMessages: () => import('./messages.js'),
};
