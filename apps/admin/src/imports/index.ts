import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'imports',
  routes: [
    { path: 'imports', lazy: screen(() => import('./imports-screen.js')) },
    { path: 'imports/new', lazy: screen(() => import('./new-import-screen.js')) },
    { path: 'imports/:id/prepare', lazy: screen(() => import('./prepare-import-screen.js')) },
    { path: 'imports/:id', lazy: screen(() => import('./import-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
