import { useEffect, useState } from 'react';

/**
 * Whether a form that opens in a drawer or a dialog may be rendered: for one moment not, whenever it opens, so that
 * with `clearOnDestroy` nothing is left of what was edited before. antd keeps a form's values over another one's
 * `initialValues`, and a drawer that is opened again while it closes keeps its form.
 */
export function useFreshForm(open: boolean): boolean {
  const [wasOpen, setWasOpen] = useState(false);
  const [ready, setReady] = useState(false);
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setReady(false);
  }
  useEffect(() => {
    if (open) setReady(true);
  }, [open]);
  return ready;
}
