import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'cleaning',
  routes: [
    { path: 'lists/:id/quality', lazy: screen(() => import('./list-quality-screen.js')) },
    { path: 'sunset', lazy: screen(() => import('./sunset-screen.js')) },
    { path: 'cleanings/:id', lazy: screen(() => import('./cleaning-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
