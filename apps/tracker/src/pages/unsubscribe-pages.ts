import { UNSUBSCRIBE_REASONS } from '#contracts';
import { escapeHtml, page } from './layout.js';
import { PAGE_TEXTS } from './texts.js';
import type { PageLanguage } from './texts.js';

/** Name and value of the button, by which a person's POST is told from a mail client's. */
export const BUTTON = { name: 'confirm', value: 'unsubscribe' } as const;

/** The question with its one button. Opening it changes nothing: scanners follow every link. */
export function questionPage(language: PageLanguage, workspace: string, email: string, token: string): string {
  const texts = PAGE_TEXTS[language];
  return page(
    language,
    texts.unsubscribe,
    `<p>${escapeHtml(texts.question(workspace))}</p>
<dl><dt>${texts.address}</dt><dd>${escapeHtml(maskedAddress(email))}</dd></dl>
<form method="post"><button type="submit" name="${BUTTON.name}" value="${BUTTON.value}">${texts.button}</button></form>
<p class="soft">${texts.effect}</p><p class="soft"><a href="../p/${escapeHtml(token)}">${texts.fewer}</a></p>`,
  );
}

/** What follows at once on leaving: the question why, which nobody has to answer. */
export function donePage(language: PageLanguage, workspace: string, token: string): string {
  const texts = PAGE_TEXTS[language];
  const choices = UNSUBSCRIBE_REASONS.map(
    (reason) =>
      `<label class="choice"><input type="radio" name="reason" value="${reason}" required>${texts.reasons[reason]}</label>`,
  );
  return page(
    language,
    texts.done,
    `<p role="status">${escapeHtml(texts.doneText(workspace))}</p>
<form method="post" action="${escapeHtml(token)}/reason"><fieldset><legend>${texts.why}</legend>${choices.join('')}</fieldset>
<label class="field">${texts.comment}<textarea name="comment" rows="2" maxlength="500"></textarea></label>
<button type="submit" class="plain">${texts.send}</button></form>
<p class="soft"><a href="../p/${escapeHtml(token)}">${texts.mistake}</a></p>`,
  );
}

export function thanksPage(language: PageLanguage): string {
  const texts = PAGE_TEXTS[language];
  return page(language, texts.thanks, `<p role="status">${texts.thanksText}</p>`);
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
