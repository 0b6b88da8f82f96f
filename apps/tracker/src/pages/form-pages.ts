import type { PublicForm } from '#domain/forms';
import { FORM_TEXTS } from './form-texts.js';
import { escapeHtml, page } from './layout.js';
import type { PageLanguage } from './texts.js';

/** Names of inputs that are no field of the form: when it was shown, and the one that only programs fill in. */
export const SEAL = 'shown-at';
export const TRAP = 'website';

/** What was typed, by name of the input, and which of it is wrong, by the same names. */
export interface Typed {
  values: URLSearchParams;
  /** Codes; `required` where something is missing. */
  wrong: Record<string, string>;
}

/** A form's own language, whatever the browser prefers: its texts are written in one. */
export function languageOfForm(form: { locale: string }): PageLanguage {
  return form.locale.startsWith('zh') ? 'zh' : 'en';
}

/** The hosted page. It needs no script. */
export function formPage(form: PublicForm, seal: string, { values, wrong }: Typed): string {
  const language = languageOfForm(form);
  const texts = FORM_TEXTS[language];
  const { title, intro, button, consent } = form.texts;
  const inputs = [
    { name: 'email', label: texts.email, type: 'email', required: true, autocomplete: 'email' },
    ...form.fields.map(({ key, label, type, required }) => ({
      name: key,
      label: key === 'name' ? texts.name : label,
      type: type === 'number' || type === 'date' || type === 'boolean' ? type : 'text',
      required,
      autocomplete: key === 'name' ? 'name' : 'off',
    })),
  ].map((input) => inputOf(input, values, wrong, language));
  const body = `${intro ? `<p>${escapeHtml(intro).replaceAll('\n', '<br>')}</p>` : ''}
<form method="post"><input type="hidden" name="${SEAL}" value="${escapeHtml(seal)}">${trap(language)}${inputs.join('\n')}
${consentOf(consent)}
<button type="submit">${escapeHtml(button || texts.button)}</button></form><p class="soft">${texts.unsubscribeAnyTime}</p>`;
  return page(language, title || texts.title(form.workspace), body);
}

/** What people agree to stands above the button that they press, wherever that is. */
function consentOf(consent: string): string {
  return consent ? `<p class="soft consent">${escapeHtml(consent).replaceAll('\n', '<br>')}</p>` : '';
}

function trap(language: PageLanguage): string {
  return `<div class="hide" aria-hidden="true"><label>${FORM_TEXTS[language].leaveEmpty}<input type="text" name="${TRAP}" tabindex="-1" autocomplete="off"></label></div>`;
}

interface Input {
  name: string;
  label: string;
  type: string;
  required: boolean;
  autocomplete: string;
}

function inputOf(input: Input, values: URLSearchParams, wrong: Record<string, string>, language: PageLanguage): string {
  const texts = FORM_TEXTS[language];
  const { name, label, type, required, autocomplete } = input;
  const value = values.get(name) ?? '';
  const code = wrong[name];
  const id = `e-${name.replace(':', '-')}`;
  const error = code
    ? `<span class="error" id="${id}">${texts.wrong[name === 'email' ? 'email' : code] ?? texts.wrong.other}</span>`
    : '';
  const marks = `${required ? ' required' : ''}${code ? ` aria-invalid="true" aria-describedby="${id}"` : ''}`;
  const words = `${escapeHtml(label)}${required ? '' : texts.optional}`;
  if (type === 'boolean') {
    return `<label class="choice"><input type="checkbox" name="${name}" value="true"${value ? ' checked' : ''}${marks}><span>${words}${error}</span></label>`;
  }
  const max = name === 'email' ? 320 : name === 'name' ? 200 : 2000;
  const number = type === 'number' ? ' step="any"' : '';
  return `<label class="field">${words}<input type="${type}" name="${name}" value="${escapeHtml(value)}" maxlength="${max}" autocomplete="${autocomplete}"${number}${marks}>${error}</label>`;
}

/** For a post that did not come from our own page a moment ago: the same again, with one button. */
export function oneMorePage(form: PublicForm, seal: string, values: URLSearchParams): string {
  const language = languageOfForm(form);
  const texts = FORM_TEXTS[language];
  const kept = ['email', ...form.fields.map(({ key }) => key)]
    .filter((name) => values.get(name))
    .map((name) => `<input type="hidden" name="${name}" value="${escapeHtml(values.get(name) ?? '')}">`);
  return page(
    language,
    texts.oneMore,
    `<p>${texts.oneMoreText}</p><dl><dt>${texts.email}</dt><dd>${escapeHtml(values.get('email') ?? '')}</dd></dl>
<form method="post"><input type="hidden" name="${SEAL}" value="${escapeHtml(seal)}">${kept.join('')}${consentOf(form.texts.consent)}<button type="submit">${texts.oneMoreButton}</button></form>`,
  );
}

export function mailSentPage(language: PageLanguage, email: string): string {
  const texts = FORM_TEXTS[language];
  return page(
    language,
    texts.mailSent,
    `<p role="status">${escapeHtml(texts.mailSentText(email))}</p><p class="soft">${texts.notThere}</p>`,
  );
}

/** The link of the confirmation mail: opening it changes nothing, since scanners follow every link. */
export function confirmPage(language: PageLanguage, workspace: string, lists: readonly string[]): string {
  const texts = FORM_TEXTS[language];
  const names = lists.join(language === 'zh' ? '、' : ', ');
  return page(
    language,
    texts.confirm,
    `<p>${escapeHtml(texts.confirmText(workspace, names))}</p><form method="post"><button type="submit">${texts.confirmButton}</button></form>`,
  );
}

export function subscribedPage(language: PageLanguage, workspace: string, thanks: string): string {
  const texts = FORM_TEXTS[language];
  const text = escapeHtml(thanks || texts.subscribedText(workspace)).replaceAll('\n', '<br>');
  return page(
    language,
    texts.subscribed,
    `<p role="status">${text}</p><p class="soft">${texts.unsubscribeAnyTime}</p>`,
  );
}

export function closedPage(language: PageLanguage): string {
  const texts = FORM_TEXTS[language];
  return page(language, texts.closed, `<p>${texts.closedText}</p>`);
}

export function tooManyPage(language: PageLanguage): string {
  const texts = FORM_TEXTS[language];
  return page(language, texts.tooMany, `<p>${texts.tooManyText}</p>`);
}
