/**
 * What stands between a call and its answer when the session has ended: somebody is asked to sign in, and the call is
 * made again. The page behind the question stays as it is, with all that was typed.
 */
let asked: { answer: Promise<boolean>; settle: (signedIn: boolean) => void } | null = null;
const listeners = new Set<() => void>();

/** Resolves with true once somebody has signed in again, with false when they leave the page instead. */
export function askToSignIn(): Promise<boolean> {
  if (asked) return asked.answer;
  let settle!: (signedIn: boolean) => void;
  const answer = new Promise<boolean>((resolve) => (settle = resolve));
  asked = { answer, settle };
  tell();
  return answer;
}

/** True while calls wait for somebody to sign in. */
export function isAskedToSignIn(): boolean {
  return asked !== null;
}

/** Lets the waiting calls go on: again with the new session, or to their refusal. */
export function answerSignIn(signedIn: boolean): void {
  const waiting = asked;
  asked = null;
  waiting?.settle(signedIn);
  tell();
}

/** For `useSyncExternalStore` with {@link isAskedToSignIn}. */
export function onSignInAsked(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
