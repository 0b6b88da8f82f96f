import { useCallback, useState } from 'react';
import { begin, record, redo, undo, type History } from './history.js';
import type { Doc } from './document.js';

export interface DocumentHandle {
  doc: Doc;
  /** Changes the document; changes with one key, made without a pause, are undone together. */
  apply: (change: (doc: Doc) => Doc, key?: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
}

/** A document with undo and redo. What comes from outside (someone else's state, a restored one) can be undone as well. */
export function useDocument(value: Doc, onChange: (doc: Doc) => void): DocumentHandle {
  const [history, setHistory] = useState<History<Doc>>(() => begin(value));
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== history.present) setHistory(record(history, value, 0));
  }
  const go = useCallback(
    (next: History<Doc>) => {
      if (next === history) return;
      setHistory(next);
      setSeen(next.present);
      onChange(next.present);
    },
    [history, onChange],
  );
  return {
    doc: history.present,
    apply: (change, key) => go(record(history, change(history.present), Date.now(), key)),
    undo: () => go(undo(history)),
    redo: () => go(redo(history)),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  };
}
