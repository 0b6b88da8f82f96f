import i18next, { type FormatterModule } from 'i18next';
import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime.js';
import 'dayjs/locale/zh-cn.js';
import 'dayjs/locale/en.js';
import { initReactI18next } from 'react-i18next';
import type { Messages, UiLocale } from './messages.js';

const STORAGE_KEY = 'hongyan.locale';
dayjs.extend(relativeTime);

/** What the user chose on this machine, else the browser's language. */
function initialLocale(): UiLocale {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (stored === 'zh-CN' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Starts i18next with no texts; each feature brings its own by `registerMessages`. */
export function startI18n(): void {
  void i18next
    .use(initReactI18next)
    .use(numbers)
    .init({
      lng: initialLocale(),
      fallbackLng: false,
      supportedLngs: ['zh-CN', 'en'],
      resources: {},
      initAsync: false,
      interpolation: { escapeValue: false, alwaysFormat: true },
      returnNull: false,
      parseMissingKeyHandler: (key) => {
        console.error(`Missing text: ${key}`);
        return key;
      },
    });
  follow(currentLocale());
  i18next.on('languageChanged', (locale) => follow(locale as UiLocale));
}

/** Numbers within a sentence have the separators that those in tables have. */
const numbers: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, locale) =>
    typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : (value as string),
};

/** Adds the texts of a feature under its namespace; calling it again changes nothing. */
export function registerMessages(namespace: string, messages: Messages): void {
  if (i18next.hasResourceBundle('en', namespace)) return;
  i18next.addResourceBundle('zh-CN', namespace, messages.zh);
  i18next.addResourceBundle('en', namespace, messages.en);
}

export function currentLocale(): UiLocale {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}

/** Names one after the other, with the comma of the language. */
export function listed(names: readonly string[]): string {
  return names.join(currentLocale() === 'en' ? ', ' : '、');
}

/** Switches the language at once and remembers it on this machine. */
export function switchLocale(locale: UiLocale): void {
  localStorage.setItem(STORAGE_KEY, locale);
  if (i18next.language !== locale) void i18next.changeLanguage(locale);
}

function follow(locale: UiLocale): void {
  document.documentElement.lang = locale;
  dayjs.locale(locale === 'en' ? 'en' : 'zh-cn');
}
