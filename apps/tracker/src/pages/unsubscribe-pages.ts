import { escapeHtml, page } from './layout.js';
import { PAGE_TEXTS } from './texts.js';
import type { PageLanguage } from './texts.js';

/** Name and value of the button, by which a person's POST is told from a mail client's. */
export const BUTTON = { name: 'confirm', value: 'unsubscribe' } as const;

/** The question with its one button. Opening it changes nothing: scanners follow every link. */
export function questionPage(language: PageLanguage, workspace: string, email: string): string {
  const texts = PAGE_TEXTS[language];
  return page(
    language,
    texts.unsubscribe,
    `<p>${escapeHtml(texts.question(workspace))}</p>
<dl><dt>${texts.address}</dt><dd>${escapeHtml(maskedAddress(email))}</dd></dl>
<form method="post"><button type="submit" name="${BUTTON.name}" value="${BUTTON.value}">${texts.button}</button></form>
<p class="soft">${texts.effect}</p>`,
  );
}

export function donePage(language: PageLanguage, workspace: string): string {
  const texts = PAGE_TEXTS[language];
  return page(
    language,
    texts.done,
    `<p role="status">${escapeHtml(texts.doneText(workspace))}</p><p class="soft">${texts.mistake}</p>`,
  );
}

/** What the links of a test message lead to. */
export function testPage(language: PageLanguage): string {
  const texts = PAGE_TEXTS[language];
  return page(language, texts.test, `<p>${texts.testText}</p>`);
}

export function notFoundPage(language: PageLanguage): string {
  const texts = PAGE_TEXTS[language];
  return page(language, texts.notFound, `<p>${texts.notFoundText}</p>`);
}

export function troublePage(language: PageLanguage): string {
  const texts = PAGE_TEXTS[language];
  return page(language, texts.trouble, `<p>${texts.troubleText}</p>`);
}

/** Enough for its owner to know the address, and for a finder of the link not to: `l•••@example.com`. */
export function maskedAddress(email: string): string {
  const at = email.lastIndexOf('@');
  const [first = ''] = email.slice(0, Math.max(at, 0));
  return `${first}•••${email.slice(Math.max(at, 0))}`;
}
