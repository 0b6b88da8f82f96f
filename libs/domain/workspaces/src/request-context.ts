import type { Permission, Role } from '#contracts';

/** Who asks, for which workspace, and what they may do; made by the authentication, read by every service. */
export interface RequestContext {
  workspaceId: string;
  actor: Actor;
  role: Role | null;
  permissions: ReadonlySet<Permission>;
}

/** A person, a program, or the product's own clock, as the audit log names them. */
export type Actor =
  | { type: 'user'; id: string; email: string; sessionHash: Buffer }
  | { type: 'key'; id: string; name: string }
  | { type: 'system'; name: string };

/** How the audit log and `created_by` columns write an actor. */
export function actorLabel(actor: Actor): string {
  return actor.type === 'system' ? `system:${actor.name}` : `${actor.type}:${actor.id}`;
}
