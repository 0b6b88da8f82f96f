import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'contacts',
  routes: [
    { path: 'contacts', lazy: screen(() => import('./contacts-screen.js')) },
    { path: 'contacts/:id', lazy: screen(() => import('./contact-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
