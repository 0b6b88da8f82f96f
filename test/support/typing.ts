import type { Locator, Page } from 'playwright-core';

/** What is longer is pasted rather than typed. */
const TYPED_MAX = 300;
// Text, for the types of a browser are not those of this program.
export const AFTER_ANIMATIONS = `Promise.allSettled(
  document.getAnimations()
    .filter((animation) => animation.effect?.getTiming().iterations !== Infinity)
    .map((animation) => animation.finished)).then(() => undefined)`;

/**
 * From here on `fill` types into text fields letter by letter, as people do: in one event it never sees a field that
 * lasts for one letter, loses some, or has its caret jump.
 */
export function typeAsPeopleDo(page: Page): void {
  const locators = Object.getPrototypeOf(page.locator('body')) as Locator & { types?: true };
  if (locators.types) return;
  locators.types = true;
  const { fill } = locators;
  locators.fill = async function (this: Locator, text, options) {
    const kind = await this.evaluate((field: any) => `${field.tagName} ${field.type}`.toLowerCase());
    const isTyped = /^(input (text|search|email|password|url|tel)|textarea)/.test(kind) && text.length <= TYPED_MAX;
    if (!isTyped) return fill.call(this, text, options);
    // What comes in takes the focus when it stands still.
    await this.page().evaluate(AFTER_ANIMATIONS);
    await fill.call(this, '', options);
    await this.pressSequentially(text);
  };
}

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
