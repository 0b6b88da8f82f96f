/** States of a document, with the way back and forth between them. */
export interface History<D> {
  past: D[];
  present: D;
  future: D[];
  /** What the last change belongs to, and when it was made (ms): changes of one thing without a pause are one step. */
  last: { key: string; at: number } | null;
}

const MOST_STEPS = 200;
const PAUSE_MS = 900;

export function begin<D>(present: D): History<D> {
  return { past: [], present, future: [], last: null };
}

/**
 * A change as a step of its own, or as part of the step before it.
 * @param key what is being changed, such as `text:b7`; without one the change is always a step
 * @param at when, in milliseconds
 */
export function record<D>(history: History<D>, present: D, at: number, key?: string): History<D> {
  if (present === history.present) return history;
  const { past, last } = history;
  const joins = key !== undefined && last?.key === key && at - last.at < PAUSE_MS && past.length > 0;
  return {
    past: joins ? past : [...past, history.present].slice(-MOST_STEPS),
    present,
    future: [],
    last: key === undefined ? null : { key, at },
  };
}

export function undo<D>({ past, present, future, last }: History<D>): History<D> {
  const before = past.at(-1);
  if (before === undefined) return { past, present, future, last };
  return { past: past.slice(0, -1), present: before, future: [present, ...future], last: null };
}

export function redo<D>({ past, present, future, last }: History<D>): History<D> {
  const [after, ...rest] = future;
  if (after === undefined) return { past, present, future, last };
  return { past: [...past, present], present: after, future: rest, last: null };
}
