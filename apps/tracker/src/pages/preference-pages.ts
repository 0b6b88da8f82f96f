import type { ListPreference } from '#domain/contacts';
import { escapeHtml, page } from './layout.js';
import { PAGE_TEXTS } from './texts.js';
import type { PageLanguage } from './texts.js';
import { maskedAddress } from './unsubscribe-pages.js';

/** Names of the form: every list that was shown, those ticked, and the button that leaves all of them. */
export const FIELDS = { shown: 'shown', list: 'list', leaveAll: 'leave-all' } as const;

/** The lists a person can join and leave, and one button to leave them all. Opening it changes nothing. */
export function preferencePage(
  language: PageLanguage,
  workspace: string,
  email: string,
  lists: readonly ListPreference[],
): string {
  const texts = PAGE_TEXTS[language];
  const form =
    lists.length === 0
      ? `<p>${texts.noLists}</p>`
      : `<form method="post"><fieldset><legend>${texts.lists}</legend>${lists.map(choice).join('')}</fieldset>
<button type="submit">${texts.save}</button>
<button type="submit" class="plain" name="${FIELDS.leaveAll}" value="1">${texts.leaveAll}</button></form>`;
  return page(
    language,
    texts.preferences,
    `<p>${escapeHtml(texts.preferencesText(workspace))}</p>
<dl><dt>${texts.address}</dt><dd>${escapeHtml(maskedAddress(email))}</dd></dl>${form}`,
  );
}

function choice({ id, name, description, status }: ListPreference): string {
  const more = description ? `<small>${escapeHtml(description)}</small>` : '';
  return `<label class="choice"><input type="checkbox" name="${FIELDS.list}" value="${id}"${
    status === 'subscribed' ? ' checked' : ''
  }><span>${escapeHtml(name)}${more}</span><input type="hidden" name="${FIELDS.shown}" value="${id}"></label>`;
}

/** What holds from now on. */
export function savedPage(language: PageLanguage, names: readonly string[]): string {
  const texts = PAGE_TEXTS[language];
  const joined = names.join(language === 'zh' ? '、' : ', ');
  const text = names.length > 0 ? texts.savedText(joined) : texts.savedNone;
  return page(
    language,
    texts.saved,
    `<p role="status">${escapeHtml(text)}</p><p class="soft"><a href="">${texts.back}</a></p>`,
  );
}
