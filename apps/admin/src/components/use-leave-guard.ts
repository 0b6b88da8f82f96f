import { App } from 'antd';
import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

/** Work that saves itself: whoever leaves is asked only where the last save fails. */
interface SavesItself {
  /** Pages that show the same work. */
  within: (pathname: string) => boolean;
  /** Saves what is left; false when it can't, or not soon. */
  save: () => Promise<boolean>;
  /** The user has given up what is left. */
  discard: () => void;
  /** Whether the tab may be closed without a question. */
  mayClose: () => boolean;
}

/**
 * Asks before unsaved work is left behind, by a link, the back button or closing the tab. While `passing` is true
 * nobody is asked: the work has been saved and the page moves on by itself.
 */
export function useLeaveGuard(dirty: boolean, passing?: RefObject<boolean>, savesItself?: SavesItself): void {
  const { t } = useTranslation('components');
  const { modal } = App.useApp();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      dirty &&
      !passing?.current &&
      currentLocation.pathname !== nextLocation.pathname &&
      !savesItself?.within(nextLocation.pathname),
  );
  const { state, proceed, reset } = blocker;
  const latest = useRef({ modal, t, proceed, reset, savesItself });
  useEffect(() => {
    latest.current = { modal, t, proceed, reset, savesItself };
  });
  // The last save draws the page anew while it is waited for; the question comes once.
  useEffect(() => {
    if (state !== 'blocked') return;
    const { modal, t } = latest.current;
    const go = () => latest.current.proceed?.();
    const ask = () =>
      modal.confirm({
        title: t('discard.question'),
        content: t('discard.text'),
        okText: t('discard.confirm'),
        cancelText: t('cancel'),
        okButtonProps: { danger: true },
        autoFocusButton: 'cancel',
        onOk: () => {
          latest.current.savesItself?.discard();
          go();
        },
        onCancel: () => latest.current.reset?.(),
      });
    const leave = async () => ((await latest.current.savesItself?.save()) ? go() : ask());
    void leave();
  }, [state]);
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => {
      if (!latest.current.savesItself?.mayClose()) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
}
