/** The addresses of one recipient's mail. All absolute http(s). */
export interface RenderUrls {
  /** The tracked address of entry `index` of the links table. */
  link(index: number): string;
  /** The open pixel, or null where opens are not tracked. */
  open: string | null;
  unsubscribe: string;
  webVersion: string;
  /** Where the recipient chooses which lists to be on. */
  preferences: string;
}

/** The context a path starts from; `each` and `with` add one. */
export interface Frame {
  context: unknown;
  parent: Frame | null;
  variables: { index: number; key: string | number; first: boolean; last: boolean } | null;
  /** Values of the block parameters, `as |item index|`. */
  params: readonly unknown[];
}

/** One rendering in progress. */
export interface RenderRun {
  out: string;
  steps: number;
  root: unknown;
  frame: Frame;
  urls: RenderUrls;
}

/** Starts a rendering over the given root context. */
export function startRun(root: unknown, urls: RenderUrls): RenderRun {
  return { out: '', steps: 0, root, urls, frame: { context: root, parent: null, variables: null, params: [] } };
}

/** Follows own properties only: nothing of a prototype is ever read, and functions are not called. */
export function readPath(value: unknown, parts: readonly string[], from: number): unknown {
  let found = value;
  for (let at = from; at < parts.length; at += 1) {
    const part = parts[at] ?? '';
    if (found === null || found === undefined || !Object.hasOwn(Object(found), part)) return undefined;
    found = (found as Record<string, unknown>)[part];
  }
  return typeof found === 'function' ? undefined : found;
}

/** `@index`, `@key`, `@first`, `@last` of the innermost list, and `@root`. */
export function readData(run: RenderRun, parts: readonly string[]): unknown {
  if (parts[0] === 'root') return readPath(run.root, parts, 1);
  for (let frame: Frame | null = run.frame; frame; frame = frame.parent) {
    if (frame.variables) return readPath(frame.variables, parts, 0);
  }
  return undefined;
}
