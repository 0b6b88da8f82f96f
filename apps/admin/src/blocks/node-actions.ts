import { elementOf, useCanvas } from './canvas-context.js';
import { duplicate, moveAcross, moveBy, order, remove } from './edits.js';

/** What can be done with the chosen section or block, by button or key. The focus stays with what was acted on. */
export function useNodeActions() {
  const { doc, apply, select } = useCanvas();
  const keepFocus = (id: string | null) => {
    if (id === null) return;
    requestAnimationFrame(() => {
      elementOf(id)?.focus({ preventScroll: true });
      elementOf(id)?.scrollIntoView({ block: 'nearest' });
    });
  };
  const move = (id: string, change: (now: typeof doc) => typeof doc) => {
    apply(change);
    keepFocus(id);
  };
  return {
    up: (id: string) => move(id, (now) => moveBy(now, id, -1)),
    down: (id: string) => move(id, (now) => moveBy(now, id, 1)),
    left: (id: string) => move(id, (now) => moveAcross(now, id, -1)),
    right: (id: string) => move(id, (now) => moveAcross(now, id, 1)),
    duplicate: (id: string) => {
      const copy = duplicate(doc, id);
      apply(() => copy.doc);
      select(copy.id);
      keepFocus(copy.id);
    },
    remove: (id: string) => {
      const ids = order(doc);
      const next = order(remove(doc, id));
      const at = ids.indexOf(id);
      const after = next[Math.min(at, next.length - 1)] ?? null;
      apply((now) => remove(now, id));
      select(after);
      keepFocus(after);
    },
  };
}
