/** Work that has not reached the server, kept in this browser until it has: it outlives a tab that is killed. */
export interface LocalCopy<D> {
  /** Version of the stored state it was made from. */
  version: number;
  draft: D;
  /** Mark of the page that keeps it. */
  page?: string;
}

const PREFIX = 'hongyan.unsaved.';
/** This page's own mark: a page removes no copy that another one keeps. */
const PAGE = `${Date.now().toString(36)}${Math.floor(performance.now() * 1_000).toString(36)}`;

/** Held for as long as this page lives (Web Locks), once it keeps a copy. */
let alive: Promise<unknown> | undefined;

/** Keeps a copy; false where the browser has no room or allows none. */
export function keepCopy<D>(key: string, copy: LocalCopy<D>): boolean {
  alive ??= navigator.locks?.request(PREFIX + PAGE, () => new Promise(() => undefined));
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify({ ...copy, page: PAGE }));
    return true;
  } catch {
    return false;
  }
}

/** The copy under a key, or null; one that can't be read is as good as none. */
export function readCopy<D>(key: string): LocalCopy<D> | null {
  const found = read<D>(key);
  return found && typeof found.version === 'number' && typeof found.draft === 'object' ? found : null;
}

/**
 * Whether another page that lives keeps this copy: it is still written there, and nothing of it is lost. False where
 * browsers have no locks, as without https.
 */
export async function isWrittenElsewhere({ page }: LocalCopy<unknown>): Promise<boolean> {
  if (page === PAGE) return false;
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return held.some(({ name }) => name === `${PREFIX}${page}`);
}

/** Removes this page's copy, or with `any` whoever's. */
export function dropCopy(key: string, any = false): void {
  if (any || read(key)?.page === PAGE) localStorage.removeItem(PREFIX + key);
}

function read<D>(key: string): LocalCopy<D> | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as LocalCopy<D>;
  } catch {
    return null;
  }
}
