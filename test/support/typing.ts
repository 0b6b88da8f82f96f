import type { Page } from 'playwright-core';

/**
 * Composes a word in the field with the focus, as an input method does. What `meanwhile` does happens while the word is
 * half typed; Enter then ends the composition, and is nobody else's key.
 */
export async function compose(
  page: Page,
  letters: string,
  word: string,
  meanwhile?: () => Promise<unknown>,
): Promise<void> {
  const keys = await page.context().newCDPSession(page);
  for (const [at, letter] of [...letters].entries()) {
    await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: letter, windowsVirtualKeyCode: COMPOSED_KEY });
    const text = letters.slice(0, at + 1);
    await keys.send('Input.imeSetComposition', { text, selectionStart: at + 1, selectionEnd: at + 1 });
  }
  await meanwhile?.();
  await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', windowsVirtualKeyCode: COMPOSED_KEY });
  await keys.send('Input.insertText', { text: word });
  await keys.detach();
}

/** The code of every key that an input method takes. */
const COMPOSED_KEY = 229;
