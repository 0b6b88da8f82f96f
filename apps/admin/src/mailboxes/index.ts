import { screen, type Feature } from '../app/feature.js';

export const feature: Feature = {
  name: 'mailboxes',
  routes: [{ path: 'settings/mailboxes', lazy: screen(() => import('./mailboxes-screen.js')) }],
  loadMessages: () => import('./messages.js'),
};
