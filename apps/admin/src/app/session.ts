import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { queryClient } from '../api/query.js';
import type { Resource } from '../api/types.js';
import { currentWorkspaceId, rememberedWorkspaceId, setWorkspaceId } from '../api/workspace.js';
import { switchLocale } from '../i18n/i18n.js';

type Me = Resource<'Me'>;

/** Who is signed in. Loaded once by the shell's route; screens read it from the cache. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => answer(api.GET('/api/v1/auth/me')),
  staleTime: Infinity,
});

/** Takes over a session: its workspace (the one used last here, if it still exists) and its language. */
export function adoptSession(me: Me): void {
  const remembered = currentWorkspaceId() ?? rememberedWorkspaceId();
  const known = me.workspaces.some((workspace) => workspace.id === remembered);
  setWorkspaceId(known ? remembered : me.currentWorkspaceId);
  switchLocale(me.user.locale);
  queryClient.setQueryData(meQuery.queryKey, me);
}

/** The signed-in user and the current workspace. Only inside the shell. */
export function useSession(): { user: Me['user']; workspaces: Me['workspaces']; workspace: Resource<'WorkspaceRef'> } {
  const { data } = useSuspenseQuery(meQuery);
  const workspace = data.workspaces.find(({ id }) => id === currentWorkspaceId()) ?? data.workspaces[0]!;
  return { user: data.user, workspaces: data.workspaces, workspace };
}

/** The user's time zone; the browser's before signing in. */
export function useTimeZone(): string {
  const { data } = useQuery({ ...meQuery, enabled: false });
  return data?.user.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Forgets everything of the session in this browser. */
export function dropSession(): void {
  setWorkspaceId(null);
  queryClient.clear();
}
