import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, type FieldProblem } from '../api/api-error.js';
import { call } from '../api/call.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { isAskedToSignIn } from '../api/sign-in-again.js';
import { useLeaveGuard } from '../components/use-leave-guard.js';
import { useAskOverwrite } from '../components/use-stale.js';
import { changesOf, draftOf, stillRefused, withoutRefused, type Campaign, type Draft } from './draft.js';

/** `failed` is tried again by itself; `refused` waits for the user to change what is marked. */
export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed' | 'refused';

export interface DraftHandle {
  draft: Draft;
  /** Changes members; saved by itself a second after the last change. */
  change: (part: Partial<Draft>) => void;
  state: SaveState;
  /** Fields the server refused, until they are changed. The others are saved without them. */
  errors: FieldProblem[];
  /** Saves what is not saved yet; false when that failed, or a field was refused. */
  flush: () => Promise<boolean>;
}

const PAUSE_MS = 1_000;
const RETRY_MS = 5_000;
/** Whoever leaves waits this long for the last save, then is asked. */
const LEAVE_MS = 4_000;
/** The browser carries no more than 64 KiB for a page that has gone (Fetch, 4.6: in-flight keepalive bytes). */
const KEEPALIVE_BYTES = 60_000;

/**
 * A draft that saves itself. Writes go one after the other and name the version they are based on; when someone else
 * has saved in between, the user chooses whose words stand. What is unsaved when the page goes away is sent along, and
 * where that can't be, the user is asked before.
 */
export function useDraft(campaign: Campaign): DraftHandle {
  const { id } = campaign;
  const [draft, setDraft] = useState(() => draftOf(campaign));
  const [state, setState] = useState<SaveState>('saved');
  const [errors, setErrors] = useState<FieldProblem[]>([]);
  const report = useReport();
  const askOverwrite = useAskOverwrite();
  const say = useRef({ report, askOverwrite });
  useEffect(() => {
    say.current = { report, askOverwrite };
  });
  const work = useRef({
    draft,
    saved: draft,
    version: campaign.version,
    refused: [] as FieldProblem[],
    running: null as Promise<boolean> | null,
    told: false,
  });
  const unsaved = useCallback(() => {
    const { draft: wanted, saved, refused } = work.current;
    return changesOf(withoutRefused(wanted, saved, refused), saved);
  }, []);

  const write = useCallback(async (): Promise<boolean> => {
    const current = work.current;
    const wanted = current.draft;
    const sent = withoutRefused(wanted, current.saved, current.refused);
    const changes = changesOf(sent, current.saved);
    if (!changes) return settle();
    setState('saving');
    try {
      const body = { ...changes, version: current.version };
      const fresh = await answer(api.PATCH('/api/v1/campaigns/{id}', { params: { path: { id } }, body }));
      current.saved = sent;
      current.version = fresh.version;
      current.told = false;
      queryClient.setQueryData(['campaigns', id], fresh);
      void queryClient.invalidateQueries({ queryKey: ['campaigns', id, 'checklist'] });
      void queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      return settle();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'STALE_VERSION') return resolve();
      if (error instanceof ApiError && error.errors.length > 0) return holdBack(error.errors);
      setState('failed');
      // The header says that it is not saved; once is enough for the reason.
      if (!current.told) say.current.report(error);
      current.told = true;
      if (error instanceof ApiError && error.code === 'CAMPAIGN_NOT_EDITABLE') {
        void queryClient.invalidateQueries({ queryKey: ['campaigns', id] });
      }
      return false;
    }

    function settle(): boolean {
      const refused = current.refused.length > 0;
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

    async function resolve(): Promise<boolean> {
      setState('failed');
      const theirs = await answer(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }));
      current.version = theirs.version;
      current.saved = draftOf(theirs);
      if (await say.current.askOverwrite()) return write();
      current.draft = current.saved;
      current.refused = [];
      setDraft(current.saved);
      setErrors([]);
      setState('saved');
      queryClient.setQueryData(['campaigns', id], theirs);
      return true;
    }
  }, [id]);

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

  const change = useCallback((part: Partial<Draft>) => {
    const current = work.current;
    const before = current.draft;
    current.draft = { ...before, ...part };
    current.refused = stillRefused(current.refused, before, current.draft);
    setDraft(current.draft);
    setErrors(current.refused);
    setState('dirty');
  }, []);

  useEffect(() => {
    if (state !== 'dirty' && state !== 'failed') return;
    const timer = setTimeout(() => void flush(), state === 'dirty' ? PAUSE_MS : RETRY_MS);
    const again = () => void flush();
    window.addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', again);
    };
  }, [state, draft, flush]);

  useEffect(() => {
    const sendAlong = () => {
      const changes = unsaved();
      if (!changes || work.current.running) return;
      // Nobody is left to hear an answer.
      const body = { ...changes, version: work.current.version };
      call('patch', `/api/v1/campaigns/${id}`, { body, keepalive: true }).catch(() => undefined);
    };
    window.addEventListener('pagehide', sendAlong);
    return () => {
      window.removeEventListener('pagehide', sendAlong);
      if (unsaved()) void flush();
    };
  }, [id, flush, unsaved]);

  useLeaveGuard(state !== 'saved', undefined, {
    within: (pathname) => pathname === `/campaigns/${id}` || pathname.startsWith(`/campaigns/${id}/`),
    // While the session is over, a save waits for the user, who has just chosen to go.
    save: () => (isAskedToSignIn() ? Promise.resolve(false) : Promise.race([flush(), pause(LEAVE_MS)])),
    discard: () => {
      work.current.draft = work.current.saved;
    },
    mayClose: () => {
      const changes = unsaved();
      const { refused, running } = work.current;
      if (state === 'failed' || refused.length > 0 || running) return false;
      return !changes || new Blob([JSON.stringify(changes)]).size < KEEPALIVE_BYTES;
    },
  });

  return { draft, change, state, errors, flush };
}

function pause(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}
