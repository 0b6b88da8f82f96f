import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'images',
  routes: [{ path: 'images', lazy: screen(() => import('./images-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
