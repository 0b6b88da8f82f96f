import type { FieldProblem } from '../api/api-error.js';

/** Members that differ. Null when nothing does. */
export function changedMembers<D extends object>(draft: D, saved: D): Partial<D> | null {
  const changes: Partial<D> = {};
  for (const key of Object.keys(draft) as (keyof D)[]) {
    if (draft[key] === saved[key] || JSON.stringify(draft[key]) === JSON.stringify(saved[key])) continue;
    changes[key] = draft[key];
  }
  return Object.keys(changes).length > 0 ? changes : null;
}

/** The draft with what the server refused as it is stored, so that the rest of it can be saved. */
export function withoutRefused<D extends object>(draft: D, saved: D, refused: FieldProblem[]): D {
  const result = { ...draft } as unknown as Record<string, unknown>;
  const stored = saved as unknown as Record<string, unknown>;
  for (const { property } of refused) {
    const [key, member] = partOf(property, draft);
    if (!key) continue;
    result[key] = member
      ? { ...(result[key] as object), [member]: (stored[key] as Record<string, unknown>)[member] }
      : stored[key];
  }
  return result as unknown as D;
}

/** Refusals of what is still the same: something that has been changed since may be right now. */
export function stillRefused<D extends object>(refused: FieldProblem[], before: D, after: D): FieldProblem[] {
  return refused.filter(({ property }) => valueAt(property, before) === valueAt(property, after));
}

function valueAt(property: string, draft: object): unknown {
  const [key, member] = partOf(property, draft);
  if (!key) return undefined;
  const value = (draft as Record<string, unknown>)[key];
  return member ? (value as Record<string, unknown>)[member] : value;
}

/** Member of the draft, and the member of that, which a path such as `content.subject` names; lists count as one. */
function partOf(property: string, draft: object): [string | null, string | null] {
  const [first, second] = property.split('.');
  const key = first !== undefined && first in draft ? first : null;
  const value: unknown = key && (draft as Record<string, unknown>)[key];
  const inside = second !== undefined && typeof value === 'object' && value !== null && !Array.isArray(value);
  return [key, inside && second in value ? second : null];
}
