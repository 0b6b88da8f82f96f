import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'triggered',
  routes: [{ path: 'triggered', lazy: screen(() => import('./triggered-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
