import { registerMessages } from '../i18n/i18n.js';

let loading: Promise<void> | undefined;

/**
 * Loads the wordings of failures: after the first screen is drawn, or with the first failure, whichever comes first. A
 * failure is thrown after them, so whoever words it has them.
 */
export function loadProblemWords(): Promise<void> {
  loading ??= import('./problem-messages.js').then(
    ({ messages }) => registerMessages('problem', messages),
    // Not to be had just now, as when the line broke; asked for again with the next failure.
    () => void (loading = undefined),
  );
  return loading;
}
