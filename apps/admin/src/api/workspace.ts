const STORAGE_KEY = 'hongyan.workspace';
let current: string | null = null;

/** Id of the workspace every call names in `X-Workspace`; null before the session is known. */
export function currentWorkspaceId(): string | null {
  return current;
}

/** The workspace used last on this machine, if any. It may be gone; the session decides. */
export function rememberedWorkspaceId(): string | null {
  return localStorage.getItem(STORAGE_KEY);
}

/** Sets the workspace of all later calls; null after signing out. */
export function setWorkspaceId(id: string | null): void {
  current = id;
  if (id) localStorage.setItem(STORAGE_KEY, id);
}
