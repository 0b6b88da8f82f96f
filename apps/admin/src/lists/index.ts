import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'lists',
  routes: [
    { path: 'lists', lazy: screen(() => import('./lists-screen.js')) },
    { path: 'lists/:id', lazy: screen(() => import('./list-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
