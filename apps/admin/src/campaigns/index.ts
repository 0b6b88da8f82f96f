import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'campaigns',
  routes: [
    {
      path: 'campaigns',
      lazy: screen(() => import('./campaigns-screen.js')),
      // The dialog over the list has an address, so that other screens can lead to it.
      children: [
        { index: true, element: null },
        { path: 'new', element: null },
      ],
    },
    {
      path: 'campaigns/:id',
      lazy: screen(() => import('./campaign-screen.js')),
      children: [
        { index: true, lazy: screen(() => import('./draft-screen.js')) },
        { path: 'content', lazy: screen(() => import('./content-screen.js')) },
        { path: 'variants/:letter', lazy: screen(() => import('./variant-screen.js')) },
      ],
    },
  ],
  loadMessages: () => import('./messages.js'),
};
