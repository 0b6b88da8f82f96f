import type { ApiScope, Role } from './api/accounts.js';

/** What a route needs. Every route declares exactly one; a route without one does not start. */
export const PERMISSIONS = [
  'account', // the signed-in person's own profile; sessions only
  'workspace.read',
  'workspace.admin',
  'contacts.read',
  'contacts.write',
  'content.read',
  'content.write',
  'campaigns.read',
  'campaigns.write',
  'messages.read',
  'messages.write',
  'senders.read',
  'senders.write',
  'inbound.read',
  'inbound.write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READS = PERMISSIONS.filter((permission) => permission.endsWith('.read'));

/** Which permissions a role has in its workspace; finer roles come later as further rows. */
export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  member: PERMISSIONS.filter((permission) => permission !== 'workspace.admin' && permission !== 'senders.write'),
};

/** Which permissions a scope of an API key grants. */
export const SCOPE_PERMISSIONS: Record<ApiScope, readonly Permission[]> = {
  admin: PERMISSIONS.filter((permission) => permission !== 'account'),
  read: READS,
  contacts: ['contacts.read', 'contacts.write', 'workspace.read'],
  campaigns: [
    'campaigns.read',
    'campaigns.write',
    'content.read',
    'content.write',
    'contacts.read',
    'workspace.read',
    'senders.read',
  ],
  messages: ['messages.read', 'messages.write', 'workspace.read'],
};
