import type { Permission, Role } from '#contracts';

/** Who asks, for which workspace, and what they may do; made by the authentication, read by every service. */
export interface RequestContext {
  workspaceId: string;
  actor: Actor;
  role: Role | null;
  permissions: ReadonlySet<Permission>;
}

/** A person or a program, as the audit log names them. */
export type Actor =
  { type: 'user'; id: string; email: string; sessionHash: Buffer } | { type: 'key'; id: string; name: string };

/** How the audit log and `created_by` columns write an actor. */
export function actorLabel(actor: Actor): string {
  return actor.type === 'user' ? `user:${actor.id}` : `key:${actor.id}`;
}
