import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, type FieldProblem } from '../api/api-error.js';
import { call } from '../api/call.js';
import { answer, api } from '../api/client.js';
import { useReport } from '../api/problem.js';
import { queryClient } from '../api/query.js';
import { useAskOverwrite } from '../components/use-stale.js';
import { changesOf, draftOf, type Campaign, type Draft } from './draft.js';

export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed';

export interface DraftHandle {
  draft: Draft;
  /** Changes members; saved by itself a second after the last change. */
  change: (part: Partial<Draft>) => void;
  state: SaveState;
  /** Fields the server refused, until they are changed. */
  errors: FieldProblem[];
  /** Saves what is not saved yet; false when that failed. */
  flush: () => Promise<boolean>;
}

const PAUSE_MS = 1_000;
const RETRY_MS = 5_000;

/**
 * A draft that saves itself. Writes go one after the other and name the version they are based on; when someone else
 * has saved in between, the user chooses whose words stand. What is unsaved when the page goes away is sent along.
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
  const work = useRef({ draft, saved: draft, version: campaign.version, running: null as Promise<boolean> | null });

  const write = useCallback(async (): Promise<boolean> => {
    const current = work.current;
    const sent = current.draft;
    const changes = changesOf(sent, current.saved);
    if (!changes) {
      setState('saved');
      return true;
    }
    setState('saving');
    try {
      const body = { ...changes, version: current.version };
      const fresh = await answer(api.PATCH('/api/v1/campaigns/{id}', { params: { path: { id } }, body }));
      current.saved = sent;
      current.version = fresh.version;
      queryClient.setQueryData(['campaigns', id], fresh);
      void queryClient.invalidateQueries({ queryKey: ['campaigns', id, 'checklist'] });
      void queryClient.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      setErrors([]);
      setState(current.draft === sent ? 'saved' : 'dirty');
      return true;
    } catch (error) {
      setState('failed');
      if (error instanceof ApiError && error.code === 'STALE_VERSION') return resolve();
      if (error instanceof ApiError && error.errors.length > 0) setErrors(error.errors);
      else say.current.report(error);
      if (error instanceof ApiError && error.code === 'CAMPAIGN_NOT_EDITABLE') {
        void queryClient.invalidateQueries({ queryKey: ['campaigns', id] });
      }
      return false;
    }

    async function resolve(): Promise<boolean> {
      const theirs = await answer(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }));
      current.version = theirs.version;
      current.saved = draftOf(theirs);
      if (await say.current.askOverwrite()) return write();
      current.draft = current.saved;
      setDraft(current.saved);
      setState('saved');
      queryClient.setQueryData(['campaigns', id], theirs);
      return true;
    }
  }, [id]);

  /** One write at a time; what changed meanwhile goes with the next. */
  const flush = useCallback(async (): Promise<boolean> => {
    while (work.current.running) await work.current.running;
    work.current.running = write();
    try {
      return await work.current.running;
    } finally {
      work.current.running = null;
    }
  }, [write]);

  const change = useCallback((part: Partial<Draft>) => {
    work.current.draft = { ...work.current.draft, ...part };
    setDraft(work.current.draft);
    setState('dirty');
    setErrors((old) => old.filter(({ property }) => !(property.split('.')[0]! in part)));
  }, []);

  useEffect(() => {
    if (state !== 'dirty' && state !== 'failed') return;
    const timer = setTimeout(() => void flush(), state === 'dirty' ? PAUSE_MS : RETRY_MS);
    return () => clearTimeout(timer);
  }, [state, draft, flush]);

  useEffect(() => {
    const sendAlong = () => {
      const changes = changesOf(work.current.draft, work.current.saved);
      if (!changes || work.current.running) return;
      // Nobody is left to hear an answer.
      const body = { ...changes, version: work.current.version };
      call('patch', `/api/v1/campaigns/${id}`, { body, keepalive: true }).catch(() => undefined);
    };
    window.addEventListener('pagehide', sendAlong);
    return () => {
      window.removeEventListener('pagehide', sendAlong);
      if (changesOf(work.current.draft, work.current.saved)) void flush();
    };
  }, [id, flush]);

  return { draft, change, state, errors, flush };
}
