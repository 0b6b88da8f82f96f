import { Suspense, lazy, useEffect, useSyncExternalStore } from 'react';
import { answerSignIn, isAskedToSignIn, onSignInAsked } from '../api/sign-in-again.js';

/** Loaded when it is needed: forms and dialogs would make every first page heavier. */
const SignInDialog = lazy(() => import('./sign-in-dialog.js'));

/** Over the page of somebody whose session has ended: signed in again, all that waited goes on as if nothing had been. */
export function SignInAgain() {
  const asked = useSyncExternalStore(onSignInAsked, isAskedToSignIn);
  // The page has been left: what still waits there is refused.
  useEffect(() => () => answerSignIn(false), []);
  if (!asked) return null;
  return (
    <Suspense>
      <SignInDialog />
    </Suspense>
  );
}
