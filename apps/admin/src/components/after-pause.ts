/** Whether an input method composes: the field holds letters of a word that is yet to be chosen. */
let isComposing = false;
const ENDS = { compositionstart: true, compositionend: false, focusin: false };
for (const [event, begins] of Object.entries(ENDS)) {
  document.addEventListener(event, () => (isComposing = begins), { capture: true });
}

/**
 * Does something once the typing has paused for `ms`, and not while a word is being composed: half of its pinyin is
 * nothing to search for. Returns how to call it off.
 */
export function afterPause(act: () => void, ms: number): () => void {
  const look = () => {
    if (isComposing) timer = setTimeout(look, ms);
    else act();
  };
  let timer = setTimeout(look, ms);
  return () => clearTimeout(timer);
}
