import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, type FieldProblem } from '../api/api-error.js';
import { call } from '../api/call.js';
import { useReport } from '../api/problem.js';
import { isAskedToSignIn } from '../api/sign-in-again.js';
import { stillRefused, withoutRefused } from './draft-changes.js';
import { dropCopy, isWrittenElsewhere, keepCopy, readCopy, type LocalCopy } from './local-copy.js';
import { useLeaveGuard } from './use-leave-guard.js';
import { useAskOverwrite } from './use-stale.js';

/** `offline` and `failed` are tried again by themselves; `refused` waits for the user to change what is marked. */
export type SaveState = 'saved' | 'dirty' | 'saving' | 'offline' | 'failed' | 'refused';

/** A draft as the server has it. */
export interface Stored<D> {
  draft: D;
  version: number;
}

/** What is particular about one kind of draft. */
export interface Autosave<D> {
  /** Names the draft in this browser: `campaign-12`. */
  key: string;
  /** Where it is patched: `/api/v1/campaigns/12`. */
  path: string;
  stored: Stored<D>;
  /** Pages that show this draft. */
  within: (pathname: string) => boolean;
  /** Members that differ, as the API takes them; null when nothing does. */
  changesOf: (draft: D, saved: D) => Record<string, unknown> | null;
  /** Writes changes with the version they are based on; answers with what is stored now. */
  write: (body: Record<string, unknown>) => Promise<Stored<D>>;
  read: () => Promise<Stored<D>>;
  /** A failure that saving again does not mend has been told. */
  onFailed?: (error: unknown) => void;
}

export interface AutosaveHandle<D> {
  draft: D;
  /** Changes members; saved by itself a second after the last change. */
  change: (part: Partial<D>) => void;
  state: SaveState;
  /** Fields the server refused, until they are changed. The others are saved without them. */
  errors: FieldProblem[];
  /** Saves what is not saved yet; false when that failed, or a field was refused. */
  flush: () => Promise<boolean>;
  /** Saves what is left, then lets the server put something else in its place (an earlier state), which is taken over. */
  replaceBy: (replace: (version: number) => Promise<Stored<D>>) => Promise<void>;
}

const PAUSE_MS = 1_000;
const RETRY_MS = 5_000;
/** Typing is copied into the browser's own store this often. */
const KEEP_MS = 250;
/** Whoever leaves waits this long for the last save, then is asked. */
const LEAVE_MS = 4_000;
/** The browser carries no more than 64 KiB for a page that has gone (Fetch, 4.6: in-flight keepalive bytes). */
const KEEPALIVE_BYTES = 60_000;

/**
 * A draft that saves itself. Writes go one after the other and name the version they are based on; when someone else
 * has saved in between, the user chooses whose words stand. What has not reached the server is kept in this browser; what is unsaved when the page goes away is sent along, and where that can't be,
 * the user is asked before.
 */
export function useAutosave<D extends object>(of: Autosave<D>): AutosaveHandle<D> {
  const { key, path } = of;
  const [found] = useState(() => unsavedCopy(of));
  const [draft, setDraft] = useState(found?.draft ?? of.stored.draft);
  const [state, setState] = useState<SaveState>(found ? 'dirty' : 'saved');
  const [errors, setErrors] = useState<FieldProblem[]>([]);
  const report = useReport();
  const askOverwrite = useAskOverwrite();
  const say = useRef({ report, askOverwrite, of });
  useEffect(() => {
    say.current = { report, askOverwrite, of };
  });
  const work = useRef({
    draft,
    saved: of.stored.draft,
    // A copy of an older state meets the newer one as a second tab would.
    version: found?.version ?? of.stored.version,
    refused: [] as FieldProblem[],
    running: null as Promise<boolean> | null,
    told: false,
  });
  const unsaved = useCallback(() => {
    const { draft: wanted, saved, refused } = work.current;
    return say.current.of.changesOf(withoutRefused(wanted, saved, refused), saved);
  }, []);
  const take = useCallback(
    ({ draft: theirs, version }: Stored<D>) => {
      Object.assign(work.current, { draft: theirs, saved: theirs, version, refused: [], told: false });
      setDraft(theirs);
      setErrors([]);
      setState('saved');
      dropCopy(key, true);
    },
    [key],
  );

  // A second tab is not to save what the first is in the middle of: it shows what is stored.
  useEffect(() => {
    if (!found) return;
    const { stored } = say.current.of;
    void isWrittenElsewhere(found).then((elsewhere) => {
      const current = work.current;
      if (!elsewhere || current.draft !== found.draft || current.running) return;
      Object.assign(current, { draft: stored.draft, version: stored.version });
      setDraft(stored.draft);
      setState('saved');
    });
  }, [found]);

  const write = useCallback(async (): Promise<boolean> => {
    const current = work.current;
    const { changesOf, write: send, read, onFailed } = say.current.of;
    const wanted = current.draft;
    const sent = withoutRefused(wanted, current.saved, current.refused);
    const changes = changesOf(sent, current.saved);
    if (!changes) return settle();
    setState('saving');
    try {
      const fresh = await send({ ...changes, version: current.version });
      current.saved = sent;
      current.version = fresh.version;
      current.told = false;
      return settle();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'STALE_VERSION') return resolve();
      if (error instanceof ApiError && error.errors.length > 0) return holdBack(error.errors);
      keepCopy(key, { version: current.version, draft: current.draft });
      if (error instanceof ApiError && error.code === 'OFFLINE') {
        setState('offline');
        return false;
      }
      setState('failed');
      // The header says that it is not saved; once is enough for the reason.
      if (!current.told) say.current.report(error);
      current.told = true;
      onFailed?.(error);
      return false;
    }

    function settle(): boolean {
      const refused = current.refused.length > 0;
      if (current.draft === wanted && !refused) dropCopy(key, true);
      setState(current.draft !== wanted ? 'dirty' : refused ? 'refused' : 'saved');
      return !refused;
    }

    /** Keeps what was refused on the page, and saves the rest. */
    async function holdBack(problems: FieldProblem[]): Promise<boolean> {
      current.refused = stillRefused([...current.refused, ...problems], wanted, current.draft);
      setErrors(current.refused);
      const rest = withoutRefused(sent, current.saved, problems);
      if (changesOf(rest, sent) || current.draft !== wanted) return write();
      setState('refused');
      return false;
    }

    /** Someone else was first. */
    async function resolve(): Promise<boolean> {
      setState('failed');
      keepCopy(key, { version: current.version, draft: current.draft });
      const theirs = await read();
      if (await say.current.askOverwrite()) {
        current.version = theirs.version;
        current.saved = theirs.draft;
        return write();
      }
      take(theirs);
      return true;
    }
  }, [key, take]);

  /** One write at a time; what changed meanwhile goes with the next. */
  const flush = useCallback(async (): Promise<boolean> => {
    while (work.current.running) await work.current.running;
    work.current.running = write().catch((error: unknown) => {
      say.current.report(error);
      return false;
    });
    try {
      return await work.current.running;
    } finally {
      work.current.running = null;
    }
  }, [write]);

  const replaceBy = useCallback(
    async (replace: (version: number) => Promise<Stored<D>>) => {
      if (await flush()) take(await replace(work.current.version));
    },
    [flush, take],
  );

  const change = useCallback((part: Partial<D>) => {
    const current = work.current;
    const before = current.draft;
    current.draft = { ...before, ...part };
    current.refused = stillRefused(current.refused, before, current.draft);
    setDraft(current.draft);
    setErrors(current.refused);
    setState('dirty');
  }, []);

  useEffect(() => {
    if (state !== 'dirty' && state !== 'failed' && state !== 'offline') return;
    const timer = setTimeout(() => void flush(), state === 'dirty' ? PAUSE_MS : RETRY_MS);
    const again = () => void flush();
    window.addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [state, draft, flush]);

  // Not put off by the next key, so that a tab may be killed in the middle of a sentence.
  const keeping = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (state !== 'dirty' || keeping.current) return;
    keeping.current = setTimeout(() => {
      keeping.current = undefined;
      if (unsaved()) keepCopy(key, { version: work.current.version, draft: work.current.draft });
    }, KEEP_MS);
  }, [state, draft, key, unsaved]);

  useEffect(() => {
    const sendAlong = () => {
      const changes = unsaved();
      if (!changes) return;
      keepCopy(key, { version: work.current.version, draft: work.current.draft });
      if (work.current.running) return;
      // Nobody is left to hear an answer; the copy is compared with what is stored when the page is opened again.
      const body = { ...changes, version: work.current.version };
      call('patch', path, { body, keepalive: true }).catch(() => undefined);
    };
    window.addEventListener('pagehide', sendAlong);
    return () => {
      window.removeEventListener('pagehide', sendAlong);
      if (unsaved()) void flush();
    };
  }, [key, path, flush, unsaved]);

  useLeaveGuard(state !== 'saved', undefined, {
    within: of.within,
    // While the session is over, a save waits for the user, who has just chosen to go.
    save: () => (isAskedToSignIn() ? Promise.resolve(false) : Promise.race([flush(), pause(LEAVE_MS)])),
    discard: () => {
      work.current.draft = work.current.saved;
      dropCopy(key, true);
    },
    mayClose: () => {
      const changes = unsaved();
      const { refused, running } = work.current;
      if (state === 'failed' || state === 'offline' || refused.length > 0 || running) return false;
      return !changes || new Blob([JSON.stringify(changes)]).size < KEEPALIVE_BYTES;
    },
  });

  return { draft, change, state, errors, flush, replaceBy };
}

/** What an earlier page could not save, unless the server has it by now. */
function unsavedCopy<D extends object>({ key, stored, changesOf }: Autosave<D>): LocalCopy<D> | null {
  const copy = readCopy<D>(key);
  if (!copy) return null;
  const draft = { ...stored.draft, ...copy.draft };
  return changesOf(draft, stored.draft) ? { ...copy, draft } : null;
}

function pause(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}
