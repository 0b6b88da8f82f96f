import { redirect } from 'react-router';
import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'settings',
  routes: [
    { path: 'settings', loader: () => redirect('/settings/workspace') },
    { path: 'settings/workspace', lazy: screen(() => import('./workspace-screen.js')) },
    { path: 'settings/api-keys', lazy: screen(() => import('./api-keys-screen.js')) },
  ],
  loadMessages: () => import('./messages.js'),
};
